# Write your answers here and run `grader check transforms`; transforms.ipynb holds the same tasks with explanations.

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn


class Compose:
    """Applies callables one after the other; `repr` shows the repr of each of them, in order."""

    def __init__(self, transforms: Sequence[Callable[[Any], Any]]) -> None:
        raise NotImplementedError

    def __call__(self, x: Any) -> Any:
        raise NotImplementedError

    def __repr__(self) -> str:
        raise NotImplementedError


class CenterCrop:
    """Cuts the middle of size h x w out of a picture (C, H, W) of any dtype, as torchvision's CenterCrop does.

    size is an int, for a square, or (h, w). Smaller pictures are padded with zeros.
    """

    def __init__(self, size: int | Sequence[int]) -> None:
        raise NotImplementedError

    def __call__(self, image: Tensor) -> Tensor:
        raise NotImplementedError


class RandomHorizontalFlip:
    """Mirrors a picture (C, H, W) left to right with probability p, drawn in each call from the generator alone."""

    def __init__(self, p: float, generator: torch.Generator) -> None:
        raise NotImplementedError

    def __call__(self, image: Tensor) -> Tensor:
        raise NotImplementedError


def flip_with_boxes(image: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor]:
    """Mirror image (C, H, W) and boxes (N, 4), x1, y1, x2, y2 with x1 <= x2, left to right, and return both.

    The boxes stay ordered (x1 <= x2); both keep their dtypes, which may be integer.
    """
    raise NotImplementedError


def resize_with_boxes(image: Tensor, boxes: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
    """Resize image (C, H, W), floating or uint8, to (C, h, w) by nearest neighbour, and scale floating boxes (N, 4).

    size is (h, w); boxes are x1, y1, x2, y2. Both keep their dtypes.
    """
    raise NotImplementedError


def to_display(image: Tensor, mean: Sequence[float] | Tensor, std: Sequence[float] | Tensor) -> np.ndarray:
    """Undo the normalisation of image (3, H, W) and return a floating numpy array (H, W, 3) clipped to [0, 1].

    mean and std are lists, tuples or tensors of three numbers.
    """
    raise NotImplementedError


def image_grid(images: Tensor, nrow: int, padding: int) -> Tensor:
    """Return one picture (C, height, width) with all images (B, C, H, W), as `make_grid` with pad_value 0 does.

    B, nrow >= 1, padding >= 0. A grid of one-channel images has three channels; a single image comes back without
    padding. The dtype stays.
    """
    raise NotImplementedError
