"""Checks of the assignment buffers: what a module remembers, where it is kept, and what becomes of it."""

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from grader.authoring import (
    booleans,
    build,
    choices,
    exercise,
    fill,
    floats,
    forward_backward,
    integers,
    lists_of,
    modules,
    raised,
    registered,
    save_and_load,
    snapshot,
    tensors,
    tuples_of,
)


def _buffers(module: nn.Module, *names: str) -> dict[str, Any]:
    """Return how the named tensors are registered, and what parameters there are beside them."""
    found = registered(module)
    parameters = [name for name, entry in found.items() if entry["kind"] == "parameter"]
    return {"is a Module": isinstance(module, nn.Module), "parameters": parameters} | {
        name: found.get(name) for name in names
    }


# Duck -------------------------------------------------------------------------------------------------------------


@exercise(
    points=1,
    examples=60,
    hints=[
        'super().__init__() comes first, then self.register_buffer("duck", ...).',
        "The 7 is a float, in a tensor of shape (1,): torch.tensor([7.]).",
    ],
)
def Duck(submission: Any, x: Any = tensors("...", dtype="number")) -> Any:
    module = submission.Duck()
    return {"output": module(x), "state": _buffers(module, "duck"), "state_dict": list(module.state_dict())}


@Duck.also(examples=40)
def another_duck(
    submission: Any,
    x: Any = tensors("...", dtype="float64", gradient=False),
    duck: Any = choices(-2.5, 0.0, 3.0, 7.0),
) -> Any:
    module = submission.Duck()
    fill(module, duck=duck)
    loaded = save_and_load(module, submission.Duck())
    passes = forward_backward(loaded.double(), x)
    return {
        "output": passes["output"],
        "gradient of x": passes["inputs"],
        "after .double()": _buffers(loaded, "duck"),
        "after .to": module.to("meta").duck.device.type,
    }


# RunningMean ------------------------------------------------------------------------------------------------------

_BATCH = tensors("~n f", low=-8, high=8, gradient=False, sizes={"~n": (1, 4), "f": (1, 4)})
_MOMENTA = choices(0.1, 0.5, 0.25, 0.9, 0.0, 1.0)
_MAKE: dict[str, Callable[[Any, int, float], Any]] = {
    "usual": lambda cls, features, momentum: cls(features),
    "second": lambda cls, features, momentum: cls(features, momentum),
    "by name": lambda cls, features, momentum: cls(features, momentum=momentum),
}


@exercise(
    points=4,
    examples=50,
    rtol=1e-4,
    atol=1e-5,
    hints=[
        "Only `if self.training:` updates; the subtraction happens in both modes.",
        "Update under torch.no_grad(), or detach what you assign to self.mean: a buffer must not remember a graph.",
        "steps is a buffer too: torch.tensor(0) is a 0-d int64 tensor. A Python number is not saved.",
    ],
)
def RunningMean(
    submission: Any,
    batches: Any = lists_of(tuples_of(choices("train", "train", "eval"), _BATCH), 1, 5),
    momentum: Any = _MOMENTA,
    make: Any = choices(*_MAKE),
    learns: Any = booleans(),
    enabled: Any = choices(True, True, False),
) -> Any:
    # Training mode updates whether or not a graph is kept: statistics are often collected under no_grad.
    dtype, features = batches[0][1].dtype, batches[0][1].shape[1]
    module = _MAKE[make](submission.RunningMean, features, momentum).to(dtype)
    steps = [{"state": _buffers(module, "mean", "steps")}]
    for mode, x in batches:
        module.train(mode == "train")
        if learns and enabled:
            found = forward_backward(module, x)
            step = {"output": found["output"], "gradient": found["inputs"]}
        else:
            with torch.set_grad_enabled(enabled):
                step = {"output": module(x)}
        steps.append(step | {"state": _buffers(module, "mean", "steps")})
    return steps


@RunningMean.also(examples=30, rtol=1e-4, atol=1e-5)
def saved_and_trained_on(
    submission: Any,
    before: Any = lists_of(_BATCH, 0, 3),
    after: Any = lists_of(_BATCH, 1, 3),
    momentum: Any = _MOMENTA,
) -> Any:
    features = after[0].shape[1]
    first = submission.RunningMean(features, momentum).to(after[0].dtype)
    for x in before:
        first(x.clone().requires_grad_())
    second = save_and_load(first, submission.RunningMean(features, momentum).to(after[0].dtype))
    restored = snapshot(second)
    outputs = [second(x) for x in after]
    second.eval()
    return {
        "restored": {name: restored.get(name) for name in ("mean", "steps")},
        "outputs": outputs,
        "in evaluation": second(after[0]),
        "state": _buffers(second, "mean", "steps"),
        "first": _buffers(first, "mean", "steps"),
    }


@RunningMean.also(examples=20, rtol=1e-4, atol=1e-5)
def doubled_on_the_way(
    submission: Any,
    x: Any = tensors("n f", dtype="float32", low=-8, high=8, gradient=False, sizes={"n": (1, 4), "f": (1, 4)}),
    double: Any = choices(True, True, False),
) -> Any:
    # As a part of a model: the switches and moves reach it from above.
    model = nn.Sequential(submission.RunningMean(x.shape[1], 0.5))
    outputs = [model(x)]
    if double:
        model.double()
    y = x.to(torch.float64 if double else torch.float32)
    outputs += [model(y), model.eval()(y), model.train()(y)]
    state = _buffers(model[0], "mean", "steps")
    return {"outputs": outputs, "state": state, "after .to": model.to("meta")[0].mean.device.type}


# PositionalEncoding -----------------------------------------------------------------------------------------------

# An angle is a position times a frequency: float32 computes it in several ways, with differences near 1e-6.
_CLOSE = {"rtol": 1e-4, "atol": 1e-4}


def _table(module: Any, max_len: int, dim: int) -> Any:
    """Return the table as (max_len, dim) where it has one of the two shapes, as float64: its own dtype is free."""
    table = module.table.double()
    return table.reshape(max_len, dim) if table.shape == (1, max_len, dim) else table


@exercise(
    points=3,
    examples=60,
    **_CLOSE,
    hints=[
        "One angle for each pair of columns: t / 10000 ** (2i / dim). Even columns take its sine, odd ones its cosine.",
        "With an odd dim there is one more sine than there are cosines: cut the angles for the cosines, or the table.",
        'register_buffer("table", table, persistent=False) keeps it out of the state_dict.',
    ],
)
def PositionalEncoding(
    submission: Any,
    x: Any = tensors("b t d", low=-8, high=8, sizes={"b": (0, 3), "t": (0, 6), "d": (1, 7)}),
    longer: Any = choices(0, 0, 1, 4, 40, 200),
    moved: Any = booleans(),
) -> Any:
    max_len, dim = max(x.shape[1], 1) + longer, x.shape[2]
    module = submission.PositionalEncoding(max_len, dim)
    if moved:
        module.to(x.dtype)
    found = _buffers(module, "table")
    if found["table"] is not None:
        found["table"]["value"] = _table(module, max_len, dim).clone()
    return {"output": module(x), "state": found, "state_dict": list(module.state_dict())}


@PositionalEncoding.also(examples=30)
def input_too_long(
    submission: Any,
    max_len: Any = integers(1, 5),
    more: Any = integers(1, 4),
    dim: Any = integers(1, 4),
    batch: Any = integers(1, 2),
) -> Any:
    module = submission.PositionalEncoding(max_len, dim)
    found = raised(lambda: module(torch.zeros(batch, max_len + more, dim)), "ValueError")
    return {"too long": found, "just long enough": module(torch.zeros(batch, max_len, dim)).shape[1]}


@PositionalEncoding.also(examples=30, **_CLOSE)
def another_table(
    submission: Any,
    x: Any = tensors("b t d", dtype="float32", low=-8, high=8, sizes={"b": (1, 3), "t": (1, 5), "d": (1, 5)}),
    row: Any = tensors("t d", dtype="float32", low=-8, high=8, gradient=False),
) -> Any:
    module = submission.PositionalEncoding(x.shape[1], x.shape[2])
    fill(module, table=row)
    device = module.table.device.type
    return {"output": module(x), "before .to": device, "after .to": module.to("meta").table.device.type}


# Normalizer -------------------------------------------------------------------------------------------------------

_PICTURES = tensors("b c h w", low=-8, high=8, sizes={"c": (1, 4), "h": (0, 4), "w": (0, 4), "b": (0, 3)})
_MEANS = tensors("c", low=-4, high=4, gradient=False)
_SPREADS = tensors("c", low=0.25, high=4, gradient=False)
# (x - mean) / std and x * (1 / std) - mean / std are both right.
_ROUNDED = {"rtol": 1e-4, "atol": 1e-4}


def _given(values: Any, form: str) -> Any:
    return values.tolist() if form == "list" else values


def _by_channel(module: Any, channels: int) -> dict[str, Any]:
    """Return the buffers as they are registered, as (C, 1, 1) where they have a shape that goes by channel."""
    found = registered(module)
    state: dict[str, Any] = {"parameters": [name for name, entry in found.items() if entry["kind"] == "parameter"]}
    for name in ("mean", "std"):
        value = getattr(module, name)
        by_channel = tuple(value.shape) in ((channels, 1, 1), (1, channels, 1, 1))
        state[name] = {
            "kind": found.get(name, {}).get("kind"),
            "goes by channel": by_channel,
            # A list says nothing about the dtype: float32 and float64 are both right.
            "value": value.reshape(channels, 1, 1).double() if by_channel else value,
        }
    return state


@exercise(
    points=2,
    examples=60,
    **_ROUNDED,
    hints=[
        "torch.as_tensor takes lists and tensors alike.",
        "A tensor (C,) is aligned with the last dimension, the width: reshape it to (C, 1, 1).",
        "denormalize goes backwards: first multiply by std, then add the mean.",
    ],
)
def Normalizer(
    submission: Any,
    x: Any = _PICTURES,
    mean: Any = _MEANS,
    std: Any = _SPREADS,
    forms: Any = tuples_of(choices("tensor", "list"), choices("tensor", "list")),
) -> Any:
    module = submission.Normalizer(_given(mean, forms[0]), _given(std, forms[1]))
    normalized = module(x)
    return {
        "normalized": normalized,
        "back again": module.denormalize(normalized),
        "denormalized": module.denormalize(x),
        "state": _by_channel(module, x.shape[1]),
        "is a Module": isinstance(module, nn.Module),
    }


@Normalizer.also(examples=40, **_ROUNDED)
def moved_and_changed(
    submission: Any,
    x: Any = tensors("b c h w", dtype="float64", low=-8, high=8, sizes={"c": (1, 3)}, gradient=False),
    mean: Any = tensors("c", dtype="float32", low=-4, high=4, gradient=False),
    std: Any = tensors("c", dtype="float32", low=0.25, high=4, gradient=False),
    other: Any = tuples_of(floats(-4, 4), choices(0.5, 1.0, 2.0)),
    form: Any = choices("tensor", "list"),
) -> Any:
    module = submission.Normalizer(_given(mean, form), _given(std, form)).double()
    before = [module(x), module.denormalize(x)]
    dtypes = [str(module.mean.dtype), str(module.std.dtype)]
    fill(module, mean=other[0], std=other[1])
    after = [module(x), module.denormalize(x)]
    return {"before": before, "dtypes": dtypes, "with other values": after, "after .to": _device(module.to("meta"))}


def _device(module: Any) -> list[str]:
    return [module.mean.device.type, module.std.device.type]


# classify_tensors -------------------------------------------------------------------------------------------------


def _late_parameter(module: nn.Module, name: str, value: Any) -> None:
    module.register_parameter(name, None)
    setattr(module, name, nn.Parameter(value))


def _late_buffer(module: nn.Module, name: str, value: Any) -> None:
    module.register_buffer(name, None)
    setattr(module, name, value)


def _late_table(module: nn.Module, name: str, value: Any) -> None:
    module.register_buffer(name, None, persistent=False)
    setattr(module, name, value)


def _once_a_table(module: nn.Module, name: str, value: Any) -> None:
    module.register_buffer(name, value, persistent=False)
    delattr(module, name)
    setattr(module, name, value)


def _replaced_buffer(module: nn.Module, name: str, value: Any) -> None:
    module.register_buffer(name, torch.zeros(3))
    setattr(module, name, value)


_SORTS: dict[str, Callable[[nn.Module, str, Any], None]] = {
    "parameter": lambda module, name, value: setattr(module, name, nn.Parameter(value)),
    "buffer": lambda module, name, value: module.register_buffer(name, value),
    "table": lambda module, name, value: module.register_buffer(name, value, persistent=False),
    "tensor": lambda module, name, value: setattr(module, name, value),
    "frozen": lambda module, name, value: setattr(module, name, nn.Parameter(value, requires_grad=False)),
    "tensor with grad": lambda module, name, value: setattr(module, name, value.requires_grad_()),
    "late parameter": _late_parameter,
    "late buffer": _late_buffer,
    "late table": _late_table,
    "once a table": _once_a_table,
    "replaced buffer": _replaced_buffer,
    "parameter None": lambda module, name, value: module.register_parameter(name, None),
    "buffer None": lambda module, name, value: module.register_buffer(name, None),
    "table None": lambda module, name, value: module.register_buffer(name, None, persistent=False),
    "None": lambda module, name, value: setattr(module, name, None),
    "number": lambda module, name, value: setattr(module, name, 3.0),
    "list": lambda module, name, value: setattr(module, name, [value]),
}
_NAMES = ("weight", "_mean", "table", "w", "buffer", "tensor", "scale", "b")
_SHAPES: tuple[tuple[int, ...], ...] = ((0,), (), (2, 1))
_HELD = lists_of(choices(*_SORTS), 0, 6)


_NAMES_OF_ONE = ("one", "two", "three")


def _holder(sorts: list[str], shift: int = 0) -> nn.Module:
    module = nn.Module()
    for number, sort in enumerate(sorts):
        _SORTS[sort](module, _NAMES[(number + shift) % len(_NAMES)], torch.full(_SHAPES[number % len(_SHAPES)], 1.5))
    return module


@exercise(
    points=2,
    hints=[
        "named_parameters and named_buffers go down into the submodules unless recurse=False.",
        "The state_dict holds the buffers that are persistent.",
        "Plain tensors are in vars(module), as any attribute of any object is.",
    ],
)
def classify_tensors(
    submission: Any, held: Any = _HELD, child: Any = lists_of(choices(*_SORTS), 0, 3), shift: Any = integers(0, 7)
) -> Any:
    module = _holder(held)
    module.child = _holder(child, shift)
    module.more = nn.ModuleList([nn.Linear(1, 1)])
    before = registered(module)
    found = submission.classify_tensors(module)
    return {"found": found, "unchanged": registered(module).keys() == before.keys()}


@classify_tensors.also(examples=30)
def tensors_of_two_names(
    submission: Any,
    sorts: Any = lists_of(choices("parameter", "buffer", "table", "tensor"), 2, 3),
    kind: Any = choices("parameter", "buffer"),
    held: Any = lists_of(choices(*_SORTS), 0, 2),
) -> Any:
    module = _holder(held)
    shared = nn.Parameter(torch.ones(2)) if kind == "parameter" else torch.ones(2)
    for name, sort in zip(_NAMES_OF_ONE, sorts, strict=False):
        if kind == "parameter":
            module.register_parameter(name, shared)
        elif sort in ("buffer", "table"):
            module.register_buffer(name, shared, persistent=sort == "buffer")
        else:
            setattr(module, name, shared)
    return submission.classify_tensors(module)


@classify_tensors.also(examples=40)
def tensors_of_usual_layers(
    submission: Any,
    model: Any = modules("d", kinds=("Linear", "BatchNorm1d", "LayerNorm", "ReLU"), depth=1, dtype="floating"),
    which: Any = integers(0, 3),
) -> Any:
    held = list(build(model).modules())
    return submission.classify_tensors(held[which % len(held)])
