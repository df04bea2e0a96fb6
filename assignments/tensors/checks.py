"""Checks of the assignment tensors: maxima, memory shared with numpy, broadcasting, tiling, splitting, masks."""

import math
from typing import Any

import numpy as np

from grader.authoring import (
    arrays,
    axis_of,
    booleans,
    choices,
    derived,
    exercise,
    integers,
    lawful,
    lists_of,
    tensors,
)
from grader.authoring.vocabulary.calls import gradients, leaf

# max_along and argmax_keepdim -------------------------------------------------------------------------------------

_MAXIMA = ["max", "amax", "topk", "sort", "msort", "argsort", "kthvalue", "cummax", "aminmax"]


def _points_at_maximum(x: Any, dim: int, indices: Any) -> Any:
    """Tell what is wrong with indices of maxima along dim, which they keep with size 1."""
    import torch

    wanted = [1 if axis == dim % x.dim() else size for axis, size in enumerate(x.shape)]
    if not isinstance(indices, torch.Tensor) or indices.dtype != torch.int64 or list(indices.shape) != wanted:
        shown = (
            f"{indices.dtype} {tuple(indices.shape)}" if isinstance(indices, torch.Tensor) else type(indices).__name__
        )
        return f"the indices are {shown}, where int64 of shape {tuple(wanted)} is expected (with dim as size 1)"
    if indices.numel() and not 0 <= int(indices.min()) <= int(indices.max()) < x.shape[dim]:
        return f"there are indices from {int(indices.min())} to {int(indices.max())} for {x.shape[dim]} entries"
    return bool((x.gather(dim, indices) == x.amax(dim, keepdim=True)).all())


@exercise(
    points=2,
    gradients="off",  # where entries are tied, the gradient goes to the one that is chosen
    bans=[f"torch.{name}" for name in _MAXIMA],
    hints=[
        "argmax is not on the list: it gives the indices.",
        "gather picks the values at the indices; it wants an index of the rank of x: keepdim=True.",
        "Squeeze that one dimension at the end, and no other.",
    ],
)
def max_along(
    submission: Any,
    x: Any = tensors("...", dtype="number", ties=True),
    dim: Any = axis_of("x", nonempty=True),
) -> Any:
    values, indices = submission.max_along(x, dim)
    return {"values": values, "indices": lawful(indices)}


@max_along.law("each index points at a maximum of its row")
def _(example: Any, observed: Any) -> Any:
    indices = observed["indices"]
    if hasattr(indices, "unsqueeze") and indices.dim() == example.x.dim() - 1:
        return _points_at_maximum(example.x, example.dim, indices.unsqueeze(example.dim))
    return _points_at_maximum(example.x, example.dim, indices)


@max_along.also(examples=50)
def max_without_ties(
    submission: Any, x: Any = tensors("...", distinct=True), dim: Any = axis_of("x", nonempty=True)
) -> Any:
    values, indices = submission.max_along(x, dim)
    return {"values": values, "indices": indices}


@max_along.also(examples=30, gradients="off")
def max_of_extremes(
    submission: Any,
    x: Any = tensors("...", low=-4, high=-1, special=(-math.inf, -3e38, -1e5)),
    dim: Any = axis_of("x", nonempty=True),
) -> Any:
    values, indices = submission.max_along(x, dim)
    return {"values": values, "indices": lawful(indices)}


max_of_extremes.laws.extend(max_along.probes[0].laws)


@exercise(
    points=1,
    hints=[
        "keepdim=True is an argument of argmax; unsqueeze(dim) afterwards does the same.",
        "torch.max(x, dim) returns indices, too.",
    ],
)
def argmax_keepdim(
    submission: Any,
    x: Any = tensors("...", dtype="number", ties=True),
    dim: Any = axis_of("x", nonempty=True),
) -> Any:
    return lawful(submission.argmax_keepdim(x, dim))


@argmax_keepdim.law("each index points at a maximum of its row, and dim stays with size 1")
def _(example: Any, observed: Any) -> Any:
    return _points_at_maximum(example.x, example.dim, observed)


@argmax_keepdim.also(examples=50)
def argmax_without_ties(
    submission: Any, x: Any = tensors("...", distinct=True), dim: Any = axis_of("x", nonempty=True)
) -> Any:
    return submission.argmax_keepdim(x, dim)


@argmax_keepdim.also(examples=30)
def argmax_of_extremes(
    submission: Any,
    x: Any = tensors("...", low=-4, high=-1, special=(-math.inf, -3e38, -1e5)),
    dim: Any = axis_of("x", nonempty=True),
) -> Any:
    return lawful(submission.argmax_keepdim(x, dim))


argmax_of_extremes.laws.extend(argmax_keepdim.probes[0].laws)


# copy_from_numpy and share_with_numpy -----------------------------------------------------------------------------

_LAYOUTS = ("as it is", "transposed", "every second", "a part")


def _array(values: Any, layout: str) -> Any:
    """Return a writable array of these values that lies in memory as the layout says."""
    if layout == "transposed":
        return np.array(values.T, order="C").T
    if layout == "as it is" or values.ndim == 0:
        return np.array(values)
    base = np.zeros((values.shape[0] * 2 + 1, *values.shape[1:]), values.dtype)
    view = base[: values.shape[0] * 2 : 2] if layout == "every second" else base[1 : values.shape[0] + 1]
    view[...] = values
    return view


def _others(values: Any) -> Any:
    return ~values if values.dtype == bool else values + np.ones((), values.dtype)


def _written(convert: Any, values: Any, layout: str) -> dict[str, Any]:
    """Convert an array, then write to the array, then to the tensor, and tell what the other one shows each time."""
    array = _array(values, layout)
    tensor = convert(array)
    found = {"tensor": tensor.clone(), "array": array.copy()}
    array[...] = _others(array)
    found["tensor after writing to the array"] = tensor.clone()
    tensor.copy_(~tensor if values.dtype == bool else tensor + 1)
    found["array after writing to the tensor"] = array.copy()
    return found


@exercise(
    points=1,
    hints=[
        "torch.tensor(a) copies; torch.from_numpy(a) and torch.as_tensor(a) share.",
        "A clone shares no memory with what it was made from.",
    ],
)
def copy_from_numpy(
    submission: Any, a: Any = arrays("...", dtype="any", rank=(0, 4)), layout: Any = choices(*_LAYOUTS)
) -> Any:
    return _written(submission.copy_from_numpy, a, layout)


@copy_from_numpy.also(examples=40)
def copy_of_other_dtypes(
    submission: Any,
    a: Any = choices("uint8", "int8", "int16", "int32", "float16"),
    size: Any = integers(0, 4),
    layout: Any = choices(*_LAYOUTS),
) -> Any:
    return _written(submission.copy_from_numpy, np.arange(size * 2).reshape(size, 2).astype(a), layout)


@exercise(
    points=1,
    hints=[
        "torch.from_numpy shares the array's memory, whatever its strides.",
        "np.ascontiguousarray copies where the array is a view: then nothing is shared with a.",
    ],
)
def share_with_numpy(  # no 0-d arrays: torch.asarray, which shares all others, copies them
    submission: Any, a: Any = arrays("...", dtype="any"), layout: Any = choices(*_LAYOUTS)
) -> Any:
    return _written(submission.share_with_numpy, a, layout)


@share_with_numpy.also(examples=40)
def share_other_dtypes(
    submission: Any,
    a: Any = choices("uint8", "int8", "int16", "int32", "float16"),
    size: Any = integers(0, 4),
    layout: Any = choices(*_LAYOUTS),
) -> Any:
    return _written(submission.share_with_numpy, np.arange(size * 2).reshape(size, 2).astype(a), layout)


# channel_scale ----------------------------------------------------------------------------------------------------


@exercise(
    points=1,
    hints=[
        "Shapes are aligned at the right: (C, H, W) with (C,) compares W with C.",
        "v needs the shape (C, 1, 1): v.view(-1, 1, 1), or v[:, None, None].",
    ],
)
def channel_scale(
    submission: Any, x: Any = tensors("C H W", dtype="number"), v: Any = tensors("C", dtype="number")
) -> Any:
    return submission.channel_scale(x, v)


@channel_scale.also(examples=40)
def as_many_channels_as_columns(
    submission: Any,
    x: Any = tensors("C H C", dtype="number", sizes={"C": (2, 4), "H": (1, 3)}),
    v: Any = tensors("C", dtype="number", distinct=True),
) -> Any:
    return submission.channel_scale(x, v)


@channel_scale.also(examples=20)
def as_many_channels_as_rows(
    submission: Any,
    x: Any = tensors("C C W", dtype="number", sizes={"C": (2, 4), "W": (1, 3)}),
    v: Any = tensors("C", dtype="number", distinct=True),
) -> Any:
    return submission.channel_scale(x, v)


# image_to_batch ---------------------------------------------------------------------------------------------------


def _crop(image: Any, cropped: bool) -> Any:
    """Return the image in memory of its own, or as the inner part of a larger one."""
    if not cropped:
        return image.copy()
    around = np.full((image.shape[0] + 2, image.shape[1] + 1, 3), 99, np.uint8)
    around[1:-1, 1:] = image
    return around[1:-1, 1:]


@exercise(
    points=2,
    hints=[
        "permute(2, 0, 1) moves the channels to the front; view would cut the memory into other pieces.",
        "torch has no negative strides: torch.from_numpy(image[:, :, ::-1]) raises. Copy it first, or flip the tensor.",
        "255 is 1.0: divide by it, in floating numbers.",
    ],
)
def image_to_batch(
    submission: Any,
    image: Any = arrays("H W 3", dtype="uint8", low=0, high=255),
    cropped: Any = booleans(),
) -> Any:
    picture = _crop(image, cropped)
    return {"batch": submission.image_to_batch(picture), "image afterwards": picture.copy()}


@image_to_batch.also(examples=20)
def square_image_of_three_rows(
    submission: Any, image: Any = arrays("3 3 3", dtype="uint8", low=0, high=255), cropped: Any = booleans()
) -> Any:
    return submission.image_to_batch(_crop(image, cropped))


# tile -------------------------------------------------------------------------------------------------------------


@exercise(
    points=2,
    bans=["torch.Tensor.repeat", "torch.tile", "torch.repeat_interleave"],
    hints=[
        "Give x as many dimensions as there are reps first: new ones of size 1 in front.",
        "torch.cat([x] * rep, dim) repeats along one dimension; for rep = 0 there is nothing to put together.",
        "Or expand a new dimension before each old one, and reshape: (rep, n) becomes rep * n.",
    ],
)
def tile(
    submission: Any,
    x: Any = tensors("...", dtype="any", rank=(0, 3), max_size=3),
    reps: Any = derived(lambda earlier: lists_of(integers(0, 3), max(1, earlier.x.ndim), earlier.x.ndim + 2)),
) -> Any:
    return submission.tile(x, *reps)


@tile.also(examples=40)
def tile_of_full_tensors(
    submission: Any,
    x: Any = tensors("...", dtype="number", rank=(1, 3), min_size=1, max_size=3, distinct=True),
    reps: Any = derived(lambda earlier: lists_of(integers(1, 3), earlier.x.ndim, earlier.x.ndim + 2)),
) -> Any:
    return submission.tile(x, *reps)


# split_sizes and tensor_split_sizes -------------------------------------------------------------------------------


@exercise(
    points=1,
    examples=120,
    explicit=[{"n": 0, "chunks": 3}, {"n": 6, "chunks": 4}, {"n": 1, "chunks": 5}, {"n": 10, "chunks": 10}],
    hints=[
        "Each piece has n / chunks entries, rounded up; the last one has what is left.",
        "There may be fewer pieces than chunks: stop when n is used up.",
        "Nothing at all, n = 0, is a case of its own.",
    ],
)
def split_sizes(submission: Any, n: Any = integers(0, 40), chunks: Any = integers(1, 12)) -> Any:
    return submission.split_sizes(n, chunks)


@exercise(
    points=1,
    examples=120,
    explicit=[{"n": 0, "sections": 3}, {"n": 6, "sections": 4}, {"n": 1, "sections": 5}, {"n": 10, "sections": 10}],
    hints=[
        "divmod(n, sections) gives the size of each piece and how many are one longer.",
        "The longer pieces come first.",
    ],
)
def tensor_split_sizes(submission: Any, n: Any = integers(0, 40), sections: Any = integers(1, 12)) -> Any:
    return submission.tensor_split_sizes(n, sections)


# squeeze_keep_batch -----------------------------------------------------------------------------------------------


@exercise(
    points=1,
    hints=[
        "Begin with x.shape[0], whatever it is; of the other sizes keep those that are not 1.",
        "squeeze takes a tuple of dimensions, too: name all but 0.",
    ],
)
def squeeze_keep_batch(submission: Any, x: Any = tensors("...", dtype="any", rank=(1, 5), max_size=3)) -> Any:
    return submission.squeeze_keep_batch(x)


@squeeze_keep_batch.also(examples=40)
def squeeze_a_batch_of_one(
    submission: Any, x: Any = tensors("b ...", dtype="number", rank=(1, 4), max_size=2, sizes={"b": (1, 1)})
) -> Any:
    return submission.squeeze_keep_batch(x)


# masked_mean ------------------------------------------------------------------------------------------------------


@exercise(
    points=3,
    hints=[
        "torch.where(mask, x, 0) chooses; a product with the mask lets NaN through.",
        "Divide the sum by the number of True entries, and by 1 where there are none.",
        "Divide before you choose, and the gradient of 0 / 0 comes back: make the divisor safe first.",
    ],
)
def masked_mean(
    submission: Any,
    x: Any = tensors("..."),
    mask: Any = tensors("...", dtype="bool"),
    dim: Any = axis_of("x"),
) -> Any:
    return submission.masked_mean(x, mask, dim)


@masked_mean.also(examples=60)
def hidden_entries(
    submission: Any,
    x: Any = tensors("...", gradient=False, rank=(1, 3)),
    mask: Any = tensors("...", dtype="bool"),
    dim: Any = axis_of("x"),
    hidden: Any = choices("nan", "inf", "-inf", "3e38"),
) -> Any:
    import torch

    filled = leaf(torch.where(mask, x, float(hidden)))
    mean = submission.masked_mean(filled, mask, dim)
    weights = torch.arange(1, mean.numel() + 1, dtype=mean.dtype, device=mean.device).reshape(mean.shape)
    return {"mean": mean.detach(), "gradient": gradients(mean, [filled], weights)}


@masked_mean.also(examples=30)
def a_row_with_nothing_in_it(
    submission: Any,
    x: Any = tensors("n m", sizes={"n": (2, 4), "m": (1, 3)}),
    mask: Any = tensors("n m", dtype="bool"),
    empty: Any = derived(lambda earlier: integers(0, earlier.x.shape[0] - 1)),
) -> Any:
    import torch

    shown = mask & (torch.arange(mask.shape[0], device=mask.device) != empty).unsqueeze(1)
    return submission.masked_mean(x, shown, -1)
