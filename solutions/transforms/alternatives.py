"""Right answers to the assignment transforms in other styles than the reference's: all of them must pass."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from grader.authoring import alternative


@alternative("transforms.flip_with_boxes")
def mirrored_in_a_copy(image: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor]:
    turned = boxes.clone()
    turned[:, 0] = image.shape[-1] - boxes[:, 2]
    turned[:, 2] = image.shape[-1] - boxes[:, 0]
    return torch.flip(image, dims=[-1]), turned


@alternative("transforms.flip_with_boxes")
def by_index(image: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor]:
    width = image.shape[2]
    signs = torch.tensor([-1, 1, -1, 1], dtype=boxes.dtype)
    shifts = torch.tensor([width, 0, width, 0], dtype=boxes.dtype)
    return image[:, :, torch.arange(width - 1, -1, -1)], boxes[:, [2, 1, 0, 3]] * signs + shifts


@alternative("transforms.resize_with_boxes")
def columns_scaled_apart(image: Tensor, boxes: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
    resized = nn.functional.interpolate(image.unsqueeze(0), size=tuple(size), mode="nearest").squeeze(0)
    x = boxes[:, 0::2] * (size[1] / image.shape[2])
    y = boxes[:, 1::2] * (size[0] / image.shape[1])
    return resized, torch.stack([x[:, 0], y[:, 0], x[:, 1], y[:, 1]], dim=1)


@alternative("transforms.resize_with_boxes")
def multiplied_then_divided(image: Tensor, boxes: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
    new = boxes.new_tensor([size[1], size[0], size[1], size[0]])
    old = boxes.new_tensor([image.shape[2], image.shape[1], image.shape[2], image.shape[1]])
    return nn.functional.interpolate(image[None], size)[0], boxes * new / old


@alternative("transforms.to_display")
def in_numpy(image: Tensor, mean: Sequence[float] | Tensor, std: Sequence[float] | Tensor) -> np.ndarray:
    pixels = image.numpy().transpose(1, 2, 0)
    return np.clip(pixels * np.asarray(std, pixels.dtype) + np.asarray(mean, pixels.dtype), 0, 1)


@alternative("transforms.to_display")
def channels_last(image: Tensor, mean: Sequence[float] | Tensor, std: Sequence[float] | Tensor) -> np.ndarray:
    scale, shift = torch.as_tensor(std).to(image.dtype), torch.as_tensor(mean).to(image.dtype)
    return torch.clamp(torch.addcmul(shift, image.permute(1, 2, 0), scale), 0.0, 1.0).numpy()
