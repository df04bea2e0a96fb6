import torch


def _contract(inputs, output, *operands):
    return torch.einsum("->".join((",".join(inputs), output)), *operands)


def inner(a, b):
    return _contract(["ij", "ij"], "", a, b)
