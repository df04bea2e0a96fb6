"""Checks of the assignment transforms: chains, crops, flips, boxes that go with their picture, grids to look at."""

from typing import Any

import numpy as np
import torch

from grader.authoring import (
    booleans,
    choices,
    derived,
    exercise,
    integers,
    just,
    lawful,
    lists_of,
    seeds,
    tensors,
)

# Compose ----------------------------------------------------------------------------------------------------------


class _Step:
    """A transform of text, whose order shows in the result."""

    def __call__(self, x: Any) -> str:
        return f"{type(self).__name__}({x})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Resize(_Step):
    """One transform."""


class Blur(_Step):
    """Another transform."""


class Normalize(_Step):
    """A third transform."""


_STEPS = {step.__name__: step for step in (Resize, Blur, Normalize)}
_CHAIN = lists_of(choices(*_STEPS), 0, 4)


@exercise(
    points=1,
    hints=[
        "Keep the list, and walk through it in __call__, giving each transform what the one before returned.",
        "__repr__ returns a str: join the repr of each transform.",
    ],
)
def Compose(submission: Any, names: Any = _CHAIN, x: Any = choices("x", 3, None), twice: Any = booleans()) -> Any:
    chain = submission.Compose([_STEPS[name]() for name in names])
    if twice:
        chain = submission.Compose([chain, Blur(), chain])
    submission.Compose([Normalize()])  # another chain, whose transforms are its own
    return {"result": chain(x), "a second time": chain(x)}


@Compose.also(examples=40)
def a_chain_of_functions(
    submission: Any, x: Any = tensors("c h w", dtype="number"), numbers: Any = lists_of(integers(-3, 3), 0, 4)
) -> Any:
    def step(number: int) -> Any:
        return lambda image: image * 2 + number

    return submission.Compose([step(number) for number in numbers])(x)


@Compose.also(examples=40)
def printed_chain(submission: Any, names: Any = _CHAIN) -> Any:
    return lawful(repr(submission.Compose([_STEPS[name]() for name in names])))


@printed_chain.law("the repr shows every transform, in order")
def _(example: Any, observed: Any) -> Any:
    if not isinstance(observed, str):
        return f"repr gave {type(observed).__name__}"
    place = 0
    for name in example.names:
        place = observed.find(name, place)
        if place < 0:
            return f"{name} does not come where it should in {observed!r}"
        place += len(name)
    shown = sum(observed.count(name) for name in _STEPS)
    return shown == len(example.names) or f"{shown} transforms are shown for {len(example.names)}"


# CenterCrop -------------------------------------------------------------------------------------------------------

_PICTURE = tensors("c h w", dtype="number", sizes={"c": (1, 3), "h": (1, 9), "w": (1, 9)})
_SIZES = choices(1, 2, 3, 4, 5, 8, *((h, w) for h in (1, 2, 3, 4, 5, 7) for w in (6, 1, 2, 3, 4, 9)))


@exercise(
    points=3,
    hints=[
        "Pad first, then crop: after padding, the picture is at least as large as the crop.",
        "For 3 additional rows, 1 goes to the top and 2 to the bottom: 3 // 2 and 3 - 3 // 2.",
        "Python's round(0.5) is 0 and round(1.5) is 2; // 2 differs from it.",
    ],
)
def CenterCrop(submission: Any, image: Any = _PICTURE, size: Any = _SIZES, as_list: Any = booleans()) -> Any:
    crop = submission.CenterCrop(list(size) if as_list and not isinstance(size, int) else size)
    submission.CenterCrop(2)  # another crop, whose size is its own
    return crop(image)


@CenterCrop.also(examples=40)
def crop_of_numbered_pixels(
    submission: Any,
    height: Any = integers(1, 12),
    width: Any = integers(1, 12),
    size: Any = choices(*((h, w) for h in range(1, 12, 2) for w in range(2, 12, 3))),
    dtype: Any = choices("uint8", "int64", "float32"),
) -> Any:
    image = torch.arange(1, height * width + 1).reshape(1, height, width).to(getattr(torch, dtype))
    crop = submission.CenterCrop(size)
    return [crop(image), crop(image.flip(1))]


# RandomHorizontalFlip ---------------------------------------------------------------------------------------------


@exercise(
    points=3,
    examples=40,
    hints=[
        "torch.rand(1, generator=self.generator) < self.p is the whole decision, one for each call.",
        "image.flip(-1) mirrors left to right.",
    ],
)
def RandomHorizontalFlip(
    submission: Any,
    image: Any = tensors("c h w", dtype="any", sizes={"c": (1, 3), "h": (1, 4), "w": (1, 5)}),
    p: Any = choices(0.0, 1.0, 0, 1),
    seed: Any = seeds(),
) -> Any:
    flip = submission.RandomHorizontalFlip(p, torch.Generator().manual_seed(seed))
    return [flip(image) for _ in range(5)]


_CALLS = 400


def _decisions(flip: Any, calls: int = _CALLS) -> list[str]:
    image = torch.arange(12.0).reshape(2, 2, 3)
    kinds = {"kept": image, "flipped": image.flip(2)}
    found = [flip(image.clone()) for _ in range(calls)]
    return [next((kind for kind, wanted in kinds.items() if torch.equal(wanted, x)), "other") for x in found]


@RandomHorizontalFlip.also(examples=20)
def flips_by_chance(submission: Any, p: Any = choices(0.5, 0.5, 0.25, 0.8), seed: Any = seeds()) -> Any:
    generator = torch.Generator().manual_seed(seed)
    begun = generator.get_state()
    flip = submission.RandomHorizontalFlip(p, generator)
    first, second = _decisions(flip), _decisions(flip)
    generator.set_state(begun)
    again = _decisions(flip)
    other = submission.RandomHorizontalFlip(p, torch.Generator().manual_seed(seed ^ 1))
    return lawful({"first": first, "second": second, "again": again, "with another seed": _decisions(other)})


@flips_by_chance.law("each result is the picture or the flipped picture")
def _(example: Any, observed: Any) -> Any:
    return all("other" not in decisions for decisions in observed.values())


# The share of 400 independent decisions is off by more than 0.2 with a probability of at most 2 exp(-2 * 400 * 0.04),
# which is 3e-14 (Hoeffding); with two runs in each of 20 examples that is 1e-12 for a whole submission.
@flips_by_chance.law("the share of flips is near p")
def _(example: Any, observed: Any) -> Any:
    for name in ("first", "with another seed"):
        share = observed[name].count("flipped") / _CALLS
        if abs(share - example.p) > 0.2:
            return f"{share:.2f} of {_CALLS} pictures are flipped where p is {example.p}"
    return True


@flips_by_chance.law("the generator's state alone decides: put back, it gives the same flips")
def _(example: Any, observed: Any) -> Any:
    return observed["first"] == observed["again"]


# 400 decisions are equal by chance with a probability of (p² + (1 - p)²)^400, for p = 0.8 that is 1e-67.
@flips_by_chance.law("every call draws anew, and another seed gives other flips")
def _(example: Any, observed: Any) -> Any:
    return observed["first"] not in (observed["second"], observed["with another seed"])


# Two neighbours are both flipped with probability p². 200 pairs that do not overlap are off by more than 0.28 with a
# probability of at most 2 exp(-2 * 200 * 0.0784), 5e-14; a coin that alternates is off by at least that at p = 0.5.
@flips_by_chance.law("a flip tells nothing about the next one")
def _(example: Any, observed: Any) -> Any:
    first = [decision == "flipped" for decision in observed["first"]]
    both = sum(a and b for a, b in zip(first[::2], first[1::2], strict=True)) / (_CALLS // 2)
    return abs(both - example.p**2) < 0.28 or f"{both:.2f} of the pairs are flipped both, where p is {example.p}"


# flip_with_boxes --------------------------------------------------------------------------------------------------


def _ordered(boxes: Any) -> Any:
    """Return boxes whose first corner is above and left of the second."""
    first, second = boxes[:, :2], boxes[:, 2:]
    return torch.cat([torch.minimum(first, second), torch.maximum(first, second)], 1)


_IMAGES = tensors("c h w", dtype="any", sizes={"c": (1, 3), "h": (1, 5), "w": (1, 7)})


@exercise(
    points=2,
    hints=[
        "The new x1 is W minus the old x2, and the new x2 is W minus the old x1.",
        "boxes[:, 0] = ... writes into the caller's tensor: make a new one.",
    ],
)
def flip_with_boxes(
    submission: Any, image: Any = _IMAGES, boxes: Any = tensors("n 4", dtype="number", low=0, high=7)
) -> Any:
    given = _ordered(boxes)
    before = given.detach().clone()
    flipped, moved = submission.flip_with_boxes(image, given)
    return {"image": flipped, "boxes": moved, "boxes given": [given.detach().clone(), before]}


@flip_with_boxes.also(examples=30)
def flip_whole_numbers(
    submission: Any,
    image: Any = tensors("c h w", dtype="uint8", low=0, high=255, sizes={"c": (1, 3), "h": (1, 5), "w": (1, 9)}),
    boxes: Any = tensors("n 4", dtype="int64", low=0, high=9, sizes={"n": (0, 3)}),
) -> Any:
    return list(submission.flip_with_boxes(image, _ordered(boxes)))


# resize_with_boxes ------------------------------------------------------------------------------------------------

_TARGETS = choices(*((h, w) for h in (4, 1, 3, 6, 8) for w in (6, 2, 1, 5, 9)))


@exercise(
    points=2,
    hints=[
        "interpolate wants a batch: image[None], and [0] of the result. Nearest is its default mode.",
        "Four factors, one for each column of boxes: (w / W, h / H, w / W, h / H).",
    ],
)
def resize_with_boxes(
    submission: Any,
    image: Any = tensors("c h w", sizes={"c": (1, 3), "h": (1, 7), "w": (1, 7)}),
    boxes: Any = tensors("n 4", low=0, high=7),
    size: Any = _TARGETS,
) -> Any:
    return list(submission.resize_with_boxes(image, boxes, size))


@resize_with_boxes.also(examples=30)
def resize_bytes(
    submission: Any,
    image: Any = tensors("c h w", dtype="uint8", low=0, high=255, sizes={"c": (1, 3), "h": (1, 7), "w": (1, 7)}),
    boxes: Any = tensors("n 4", low=0, high=7, sizes={"n": (0, 3)}),
    size: Any = _TARGETS,
) -> Any:
    return list(submission.resize_with_boxes(image, boxes, size))


# to_display -------------------------------------------------------------------------------------------------------


def _form(numbers: Any, form: str, dtype: Any) -> Any:
    if form == "tensor":
        return torch.tensor(numbers, dtype=dtype)
    return tuple(numbers) if form == "tuple" else list(numbers)


# Whether the result is float32 or float64 is free: mean and std of Python's numbers may widen it.
@exercise(
    points=2,
    rtol=1e-4,
    atol=1e-5,
    device="off",  # an array to be shown is on the CPU
    hints=[
        "mean and std need the shape (3, 1, 1) to stand on the channels.",
        "The order is: times std, plus mean, clip, permute, numpy.",
    ],
)
def to_display(
    submission: Any,
    image: Any = tensors("3 h w", low=-4, high=4, gradient=False),
    mean: Any = choices([0.485, 0.456, 0.406], [0.5, 0.5, 0.5], [0.0, 0.25, 0.75], [0, 1, 0]),
    std: Any = choices([0.229, 0.224, 0.225], [0.5, 0.25, 0.125], [1, 1, 1]),
    form: Any = choices("list", "tuple", "tensor"),
) -> Any:
    shown = submission.to_display(image, _form(mean, form, image.dtype), _form(std, form, image.dtype))
    if not isinstance(shown, np.ndarray):
        return {"is an array": False, "type": type(shown).__name__}
    return {"is an array": True, "kind of numbers": shown.dtype.kind, "array": torch.tensor(shown, dtype=torch.float64)}


@to_display.also(examples=20, rtol=1e-4, atol=1e-5, device="off")
def display_a_picture_of_three_rows(
    submission: Any, image: Any = tensors("3 3 3", low=-1, high=1, gradient=False, distinct=True), std: Any = just(0.25)
) -> Any:
    shown = submission.to_display(image, [0.5, 0.4, 0.3], [std, 0.2, 0.1])
    return torch.tensor(np.asarray(shown), dtype=torch.float64)


# image_grid -------------------------------------------------------------------------------------------------------


@exercise(
    points=3,
    bans=["torchvision.utils.make_grid"],
    hints=[
        "How large is the sheet? rows * (H + padding) + padding, and columns likewise.",
        "Image number k stands in row k // columns and column k % columns; columns is at most the number of images.",
        "One channel: expand to three. A single image: return it as it is.",
    ],
)
def image_grid(
    submission: Any,
    images: Any = tensors("b c h w", dtype="number", sizes={"b": (1, 7), "c": (1, 3), "h": (1, 3), "w": (1, 4)}),
    nrow: Any = integers(1, 8),
    padding: Any = integers(0, 3),
) -> Any:
    return submission.image_grid(images, nrow, padding)


@image_grid.also(examples=30)
def grid_of_bytes(
    submission: Any,
    images: Any = tensors(
        "b c h w", dtype="uint8", low=1, high=255, sizes={"b": (1, 9), "c": (1, 3), "h": (1, 3), "w": (1, 3)}
    ),
    nrow: Any = derived(lambda earlier: integers(1, max(1, len(earlier.images)))),
    padding: Any = choices(2, 1, 0),
) -> Any:
    return submission.image_grid(images, nrow=nrow, padding=padding)
