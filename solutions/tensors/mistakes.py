"""Typical wrong answers to the assignment tensors, each with what to say to the student."""

import numpy as np
import torch
from torch import Tensor

from grader.authoring import mistake


@mistake("tensors.max_along")
def begins_at_zero(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Your maximum begins at 0, so a row of negative numbers gets 0: begin with the first entry of the row."""
    best = torch.zeros_like(x.select(dim, 0))
    indices = torch.zeros_like(best, dtype=torch.int64)
    for number, entries in enumerate(x.unbind(dim)):
        indices = torch.where(entries > best, number, indices)
        best = torch.where(entries > best, entries, best)
    return best, indices


@mistake("tensors.max_along")
def dimension_kept(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Values and indices still have the dimension `dim`, with size 1: squeeze it."""
    indices = x.argmax(dim, keepdim=True)
    return x.gather(dim, indices), indices


@mistake("tensors.max_along")
def all_squeezed(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """`squeeze()` removes every dimension of size 1, also those that x had: squeeze `dim` only."""
    indices = x.argmax(dim, keepdim=True)
    return x.gather(dim, indices).squeeze(), indices.squeeze()


@mistake("tensors.max_along")
def last_dimension_only(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """You take the maximum along the last dimension, whatever `dim` says."""
    indices = x.argmax(-1, keepdim=True)
    return x.gather(-1, indices).squeeze(-1), indices.squeeze(-1)


@mistake("tensors.max_along")
def minimum_taken(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """These are the least entries: the greatest are asked for."""
    indices = x.argmin(dim, keepdim=True)
    return x.gather(dim, indices).squeeze(dim), indices.squeeze(dim)


@mistake("tensors.argmax_keepdim")
def dimension_dropped(x: Tensor, dim: int) -> Tensor:
    """The dimension `dim` is gone: it stays, with size 1 (keepdim=True)."""
    return x.argmax(dim)


@mistake("tensors.argmax_keepdim")
def in_the_flattened(x: Tensor, dim: int) -> Tensor:
    """Without `dim`, argmax counts through the whole tensor: give it the dimension."""
    return x.argmax().reshape([1] * x.dim())


@mistake("tensors.argmax_keepdim")
def kept_in_front(x: Tensor, dim: int) -> Tensor:
    """The dimension of size 1 stands in front: it belongs where `dim` was."""
    return x.argmax(dim).unsqueeze(0)


@mistake("tensors.argmax_keepdim")
def values_returned(x: Tensor, dim: int) -> Tensor:
    """These are the greatest values: the indices at which they stand are asked for."""
    return x.amax(dim, keepdim=True)


@mistake("tensors.copy_from_numpy")
def shared(a: np.ndarray) -> Tensor:
    """This tensor shares the array's memory: a later change of the array changes it too. Copy, with torch.tensor(a) or
    clone()."""
    return torch.from_numpy(a)


@mistake("tensors.copy_from_numpy")
def always_float32(a: np.ndarray) -> Tensor:
    """`torch.Tensor(a)` and `.float()` make float32 of every dtype: keep the array's."""
    return torch.tensor(a, dtype=torch.float32)


@mistake("tensors.copy_from_numpy")
def made_of_a_list(a: np.ndarray) -> Tensor:
    """Through a list of Python's numbers the dtype is lost: float64 becomes float32, and small integers int64."""
    return torch.tensor(a.tolist())


@mistake("tensors.copy_from_numpy")
def made_contiguous(a: np.ndarray) -> Tensor:
    """`np.ascontiguousarray` copies only where the array is a view; for all others the memory is still shared."""
    return torch.from_numpy(np.ascontiguousarray(a)).reshape(a.shape)


@mistake("tensors.share_with_numpy")
def copied(a: np.ndarray) -> Tensor:
    """This is a copy: what is written to the array does not reach it. torch.from_numpy shares the memory."""
    return torch.tensor(a)


@mistake("tensors.share_with_numpy")
def copied_where_strided(a: np.ndarray) -> Tensor:
    """Where the array is a view, `ascontiguousarray` copies it, and the tensor shares the copy's memory instead."""
    return torch.from_numpy(np.ascontiguousarray(a)).reshape(a.shape)


@mistake("tensors.share_with_numpy")
def as_float32(a: np.ndarray) -> Tensor:
    """Another dtype needs other memory: keep the array's, or nothing is shared."""
    return torch.as_tensor(a, dtype=torch.float32)


@mistake("tensors.channel_scale")
def along_the_columns(x: Tensor, v: Tensor) -> Tensor:
    """Broadcasting aligns v with the last dimension, the columns: give it the shape (C, 1, 1)."""
    return x * v


@mistake("tensors.channel_scale")
def along_the_rows(x: Tensor, v: Tensor) -> Tensor:
    """v of shape (C, 1) stands on the rows: the channels are one dimension further to the left."""
    return x * v[:, None]


@mistake("tensors.channel_scale")
def input_scaled(x: Tensor, v: Tensor) -> Tensor:
    """`*=` writes into x, which belongs to the caller: return a new tensor."""
    with torch.no_grad():
        x *= v.reshape(-1, 1, 1)
    return x


@mistake("tensors.channel_scale")
def scaled_in_float32(x: Tensor, v: Tensor) -> Tensor:
    """The result is float32 whatever x is: keep the dtype of x."""
    return x.float() * v.float().reshape(-1, 1, 1)


@mistake("tensors.image_to_batch")
def cut_into_other_pieces(image: np.ndarray) -> Tensor:
    """`view` and `reshape` keep the order of the memory and give it another shape, so the channels are mixed: move the
    dimension with permute."""
    height, width, _ = image.shape
    return torch.from_numpy(image[:, :, ::-1].copy()).reshape(1, 3, height, width) / 255


@mistake("tensors.image_to_batch")
def still_blue_first(image: np.ndarray) -> Tensor:
    """The colours are still in the order blue, green, red: reverse the last dimension."""
    return torch.from_numpy(image).permute(2, 0, 1).unsqueeze(0) / 255


@mistake("tensors.image_to_batch")
def up_to_255(image: np.ndarray) -> Tensor:
    """The numbers still go up to 255: divide by 255."""
    return torch.from_numpy(image[:, :, ::-1].copy()).permute(2, 0, 1).unsqueeze(0).float()


@mistake("tensors.image_to_batch")
def divided_by_256(image: np.ndarray) -> Tensor:
    """White, 255, has to become 1: divide by 255, not by 256."""
    return torch.from_numpy(image[:, :, ::-1].copy()).permute(2, 0, 1).unsqueeze(0) / 256


@mistake("tensors.image_to_batch")
def without_a_batch(image: np.ndarray) -> Tensor:
    """A batch dimension is missing in front: (1, 3, H, W)."""
    return torch.from_numpy(image[:, :, ::-1].copy()).permute(2, 0, 1) / 255


@mistake("tensors.image_to_batch")
def width_before_height(image: np.ndarray) -> Tensor:
    """The picture is turned over its diagonal: permute(2, 0, 1) keeps height before width."""
    return torch.from_numpy(image[:, :, ::-1].copy()).permute(2, 1, 0).unsqueeze(0) / 255


def _tiled(x: Tensor, reps: tuple[int, ...]) -> Tensor:
    for dim, rep in enumerate(reps):
        x = torch.cat([x] * rep, dim) if rep else x.narrow(dim, 0, 0)
    return x


@mistake("tensors.tile")
def reps_from_the_front(x: Tensor, *reps: int) -> Tensor:
    """With more reps than dimensions the new dimensions come in front: the last rep belongs to the last dimension."""
    return _tiled(x.reshape(*x.shape, *[1] * (len(reps) - x.dim())), reps)


@mistake("tensors.tile")
def surplus_ignored(x: Tensor, *reps: int) -> Tensor:
    """Reps beyond the dimensions of x are left out: each makes a new dimension in front."""
    return _tiled(x, reps[len(reps) - x.dim() :])


@mistake("tensors.tile")
def each_entry_repeated(x: Tensor, *reps: int) -> Tensor:
    """You repeat each entry, a a b b: the whole tensor is put beside itself, a b a b."""
    x = x.reshape(*[1] * (len(reps) - x.dim()), *x.shape)
    for dim, rep in enumerate(reps):
        x = x.repeat_interleave(rep, dim)
    return x


@mistake("tensors.tile")
def zero_taken_for_one(x: Tensor, *reps: int) -> Tensor:
    """A rep of 0 leaves nothing along its dimension: it is not the same as 1."""
    return _tiled(x.reshape(*[1] * (len(reps) - x.dim()), *x.shape), tuple(max(rep, 1) for rep in reps))


@mistake("tensors.split_sizes")
def as_tensor_split(n: int, chunks: int) -> list[int]:
    """These are tensor_split's sizes: chunk makes all pieces equally long, rounded up, but for the last."""
    return [n // chunks + (number < n % chunks) for number in range(chunks)]


@mistake("tensors.split_sizes")
def no_pieces_of_nothing(n: int, chunks: int) -> list[int]:
    """For n = 0, `torch.chunk` gives `chunks` empty pieces, and not none."""
    size = -(-n // chunks) or 1
    return [min(size, n - start) for start in range(0, n, size)]


@mistake("tensors.split_sizes")
def filled_up_with_zeros(n: int, chunks: int) -> list[int]:
    """chunk gives fewer pieces than asked for when n is used up before: there are no empty ones at the end."""
    size = -(-n // chunks)
    return [max(0, min(size, n - number * size)) for number in range(chunks)]


@mistake("tensors.split_sizes")
def rounded_down(n: int, chunks: int) -> list[int]:
    """The size of a piece is rounded up, not down: 7 in 3 chunks is 3, 3, 1."""
    size = max(1, n // chunks)
    return [min(size, n - start) for start in range(0, n, size)] if n else [0] * chunks


@mistake("tensors.tensor_split_sizes")
def as_chunk(n: int, sections: int) -> list[int]:
    """These are chunk's sizes: tensor_split always gives as many pieces as asked for, and their sizes differ by one at
    most."""
    size = -(-n // sections)
    return [min(size, n - start) for start in range(0, n, size)] if n else [0] * sections


@mistake("tensors.tensor_split_sizes")
def longer_at_the_end(n: int, sections: int) -> list[int]:
    """The longer pieces come first, not last."""
    return [n // sections + (number >= sections - n % sections) for number in range(sections)]


@mistake("tensors.tensor_split_sizes")
def rest_in_the_last(n: int, sections: int) -> list[int]:
    """The last piece takes all that is left over: it is spread, one each, over the first pieces."""
    return [n // sections] * (sections - 1) + [n // sections + n % sections]


@mistake("tensors.tensor_split_sizes")
def rest_forgotten(n: int, sections: int) -> list[int]:
    """The pieces together are shorter than n: n % sections of them are one longer."""
    return [n // sections] * sections


@mistake("tensors.squeeze_keep_batch")
def batch_dropped(x: Tensor) -> Tensor:
    """A batch of one loses its batch dimension: dimension 0 stays, whatever its size."""
    return x.squeeze()


@mistake("tensors.squeeze_keep_batch")
def batch_added(x: Tensor) -> Tensor:
    """You put a dimension in front even where the batch still has one: only a batch of one has lost it."""
    return x.squeeze().unsqueeze(0)


@mistake("tensors.squeeze_keep_batch")
def dimension_one_only(x: Tensor) -> Tensor:
    """Only dimension 1 is dropped: every dimension of size 1 but the first goes."""
    return x.squeeze(1) if x.dim() > 1 else x


@mistake("tensors.squeeze_keep_batch")
def empty_dropped(x: Tensor) -> Tensor:
    """A dimension of size 0 is not of size 1: it stays."""
    return x.new_zeros([x.shape[0], *(n for n in x.shape[1:] if n > 1)]) if 0 in x.shape[1:] else _kept(x)


def _kept(x: Tensor) -> Tensor:
    return x.squeeze(tuple(range(1, x.dim())))


@mistake("tensors.masked_mean")
def multiplied_with_the_mask(x: Tensor, mask: Tensor, dim: int) -> Tensor:
    """A hidden NaN times 0 is NaN: choose with torch.where instead of multiplying with the mask."""
    return (x * mask).sum(dim) / mask.sum(dim).clamp(min=1)


@mistake("tensors.masked_mean")
def nan_where_nothing_is(x: Tensor, mask: Tensor, dim: int) -> Tensor:
    """Where the mask shows nothing, 0 / 0 is NaN: the mean is 0 there."""
    return torch.where(mask, x, 0).sum(dim) / mask.sum(dim)


@mistake("tensors.masked_mean")
def divided_by_all(x: Tensor, mask: Tensor, dim: int) -> Tensor:
    """You divide by all entries: only those with a True in the mask count."""
    return torch.where(mask, x, 0).sum(dim) / max(1, x.shape[dim])


@mistake("tensors.masked_mean")
def chosen_after_multiplying(x: Tensor, mask: Tensor, dim: int) -> Tensor:
    """The result is right, but its gradient is NaN: you multiply the hidden entries by 0 / 0, or by the mask, and only
    then choose. Choose first."""
    shares = mask / mask.sum(dim, keepdim=True)
    return torch.where(mask, x * shares, 0).sum(dim).to(x.dtype)


@mistake("tensors.masked_mean")
def hidden_taken_off(x: Tensor, mask: Tensor, dim: int) -> Tensor:
    """You take the hidden entries off the whole sum: infinity minus infinity is NaN. Do not add them at all."""
    return (x.sum(dim) - torch.where(mask, 0, x).sum(dim)) / mask.sum(dim).clamp(min=1)
