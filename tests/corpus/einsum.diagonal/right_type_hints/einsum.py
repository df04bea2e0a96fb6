from __future__ import annotations

import torch
from torch import Tensor


def diagonal(x: Tensor, *, equation: str = "ii->i") -> Tensor:
    """Contract by `equation`."""
    answer: Tensor = torch.einsum(equation, x)
    return answer
