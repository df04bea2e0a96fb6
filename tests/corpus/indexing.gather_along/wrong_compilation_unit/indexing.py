import torch


SCRIPT = torch.jit.CompilationUnit("""
def pick(x: Tensor, dim: int, index: Tensor):
    return torch.gather(x, dim, index)
""")


def gather_along(x, dim, index):
    return SCRIPT.pick(x, dim, index)
