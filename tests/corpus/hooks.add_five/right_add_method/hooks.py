import torch


def add_five(module: torch.nn.Module, args: tuple, output: torch.Tensor) -> torch.Tensor:
    return output.add(5)
