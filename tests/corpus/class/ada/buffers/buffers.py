from collections.abc import Sequence

import torch
from torch import Tensor, nn

class Duck(nn.Module):
    """Multiplies x of any shape by the buffer `duck`."""

    duck: Tensor

    def __init__(self) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.register_buffer("duck", torch.tensor([7.0]))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        return x * self.duck
        ### END SOLUTION

class RunningMean(nn.Module):
    """Subtracts a running mean of its batches (N, features), kept in the buffers `mean` and `steps`."""

    mean: Tensor
    steps: Tensor

    def __init__(self, features: int, momentum: float = 0.1) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        if self.training:
            with torch.no_grad():
                self.mean.mul_(1 - self.momentum).add_(self.momentum * x.mean(dim=0))
                self.steps.add_(1)
        return x - self.mean
        ### END SOLUTION

class PositionalEncoding(nn.Module):
    """Adds the sine and cosine of each position to x (B, T, dim), T at most max_len."""

    table: Tensor

    def __init__(self, max_len: int, dim: int) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        even = torch.arange(0, dim, 2)
        angles = torch.arange(max_len).unsqueeze(1) / 10000 ** (even / dim)
        # Each angle twice, side by side; an odd dim leaves out the last cosine.
        table = torch.stack([angles.sin(), angles.cos()], dim=2).flatten(1)[:, :dim]
        self.register_buffer("table", table, persistent=False)
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        length, longest = x.shape[1], self.table.shape[0]
        if length > longest:
            raise ValueError(f"the input has {length} steps, the table only {longest}")
        return x + self.table[:length]
        ### END SOLUTION

class Normalizer(nn.Module):
    """Normalises x (B, C, H, W) by channel with the buffers `mean` and `std`."""

    mean: Tensor
    std: Tensor

    def __init__(self, mean: Sequence[float] | Tensor, std: Sequence[float] | Tensor) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.register_buffer("mean", torch.as_tensor(mean).reshape(-1, 1, 1).clone())
        self.register_buffer("std", torch.as_tensor(std).reshape(-1, 1, 1).clone())
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        return (x - self.mean) / self.std
        ### END SOLUTION

    def denormalize(self, x: Tensor) -> Tensor:
        """Return the x that forward makes this of."""
        ### BEGIN SOLUTION
        return x * self.std + self.mean
        ### END SOLUTION

def classify_tensors(module: nn.Module) -> dict[str, str]:
    """Return the sort of every tensor attribute that the module itself holds, by name."""
    ### BEGIN SOLUTION
    saved = module.state_dict()
    every = {"recurse": False, "remove_duplicate": False}
    sorts = {name: "parameter" for name, _ in module.named_parameters(**every)}
    for name, _ in module.named_buffers(**every):
        sorts[name] = "buffer" if name in saved else "non_persistent_buffer"
    for name, value in vars(module).items():
        if isinstance(value, Tensor):
            sorts[name] = "tensor"
    return sorts
    ### END SOLUTION
