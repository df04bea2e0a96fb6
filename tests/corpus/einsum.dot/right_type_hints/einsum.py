from __future__ import annotations

import torch
from torch import Tensor


def dot(a: Tensor, b: Tensor, *, equation: str = "i,i->") -> Tensor:
    """Contract by `equation`."""
    answer: Tensor = torch.einsum(equation, a, b)
    return answer
