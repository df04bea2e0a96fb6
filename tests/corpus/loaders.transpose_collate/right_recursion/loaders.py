from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def transpose_collate(batch: Sequence[tuple[Any, Any]]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    if len(batch) == 1:
        (x, y), = batch
        return (x,), (y,)
    half = len(batch) // 2
    left, right = transpose_collate(batch[:half]), transpose_collate(batch[half:])
    return left[0] + right[0], left[1] + right[1]
