"""Checks of the assignment modules: layers, containers, calculators, and what can be learned about a model."""

from typing import Any

import torch
from torch import nn

from grader.authoring import (
    booleans,
    build,
    choices,
    derived,
    exercise,
    fill,
    floats,
    forward_backward,
    integers,
    lists_of,
    modules,
    modules_built,
    raised,
    registered,
    save_and_load,
    snapshot,
    tensors,
    text_words,
    train_step,
    tuples_of,
)


def _is_module(thing: Any) -> bool:
    return isinstance(thing, nn.Module)


def _same_objects(before: list[Any], module: nn.Module) -> list[bool]:
    """Tell of each parameter whether it is the one it was: an optimizer goes on training those it was given."""
    return [any(parameter is other for other in before) for parameter in module.parameters()]


def _parameters(module: nn.Module) -> dict[str, Any]:
    return {name: entry for name, entry in registered(module).items() if entry["kind"] == "parameter"}


# Linear -----------------------------------------------------------------------------------------------------------

_X = tensors("... i", rank=(0, 3), gradient=False, low=-8, high=8)
_W = tensors("o i", gradient=False, low=-4, high=4)
_B = tensors("o", gradient=False, low=-4, high=4)


@exercise(
    points=2,
    examples=60,
    bans=["torch.nn.Linear", "torch.nn.functional.linear"],
    hints=[
        "nn.Parameter(torch.ones(out_features, in_features)) as an attribute is registered by itself.",
        "x @ self.W.T works for any number of leading dimensions; self.W.T @ x does not.",
    ],
)
def Linear(submission: Any, x: Any = _X, w: Any = _W) -> Any:
    module = submission.Linear(w.shape[1], w.shape[0])
    start = registered(module)
    before = list(module.to(x.dtype).parameters())
    passes = forward_backward(module, x)
    return {
        "is a Module": _is_module(module),
        "at the start": start,
        "passes": passes,
        "the same parameters afterwards": _same_objects(before, module),
    }


@Linear.also(examples=60)
def other_weights(
    submission: Any,
    x: Any = _X,
    w: Any = _W,
    b: Any = _B,
    how: Any = choices("in place", "loaded", "replaced"),
) -> Any:
    module = submission.Linear(w.shape[1], w.shape[0]).to(w.dtype)
    if how == "replaced":
        module.W, module.b = nn.Parameter(w.clone()), nn.Parameter(b.clone())
    else:
        fill(module, W=w, b=b)
    if how == "loaded":
        module = save_and_load(module, submission.Linear(w.shape[1], w.shape[0]).to(w.dtype))
    return {"passes": forward_backward(module, x), "state_dict": snapshot(module)}


# Add --------------------------------------------------------------------------------------------------------------

_NUMBERS = tensors("...", dtype="number", rank=(0, 4))


@exercise(
    points=1,
    examples=60,
    hints=["Keep the value in __init__ and add it in forward. A plain number as an attribute is enough."],
)
def Add(submission: Any, x: Any = _NUMBERS, value: Any = choices(0, 3, -2, 7)) -> Any:
    module = submission.Add(value)
    return {"is a Module": _is_module(module), "output": module(x), "a second time": module(x)}


@Add.also(examples=30)
def fractions_added(submission: Any, x: Any = tensors("...", rank=(0, 3)), value: Any = floats(-4, 4)) -> Any:
    return {"alone": submission.Add(value)(x), "two": nn.Sequential(submission.Add(value), submission.Add(2))(x)}


# The calculators --------------------------------------------------------------------------------------------------


class _Affine(nn.Module):
    """Stands in for an Add: unlike additions, these cannot be exchanged without a trace."""

    factor: int
    summand: int
    log: list[int]

    def forward(self, x: Any) -> Any:
        self.log.append(self.factor)
        return x * self.factor + self.summand


def _affine(factor: int, summand: int, log: list[int]) -> nn.Module:
    module = _Affine()
    module.factor, module.summand, module.log = factor, summand, log
    return module


_SMALL = tensors("...", dtype="number", rank=(0, 2), low=-8, high=8)
_SWAPS = lists_of(tuples_of(choices(0, 1, 2), integers(-3, 3)), 0, 3)


def _calculated(calculator: Any, held: Any, names: list[Any], x: Any, swaps: Any) -> dict[str, Any]:
    """Use a calculator as it is, then with some of its modules replaced."""
    before = [calculator(x), *(held[name](x) for name in names)]
    log: list[int] = []
    for which, summand in swaps:
        held[names[which]] = _affine((2, 3, 5)[which], summand, log)
    return {"output": before[0], "each alone": before[1:], "with others": calculator(x), "order of the others": log}


class _Children:
    """The children of a Sequential, by name."""

    def __init__(self, module: nn.Module) -> None:
        self.module = module

    def __getitem__(self, name: str) -> Any:
        return getattr(self.module, name)

    def __setitem__(self, name: str, module: nn.Module) -> None:
        setattr(self.module, name, module)


@exercise(
    points=1,
    examples=60,
    hints=[
        'An OrderedDict([("plus1", ...), ...]) gives names to the children, or add_module on an empty Sequential.',
        "plus1 adds 3, plus2 adds 2, plus3 adds 5.",
    ],
)
def sequential_calculator(submission: Any, x: Any = _SMALL, swaps: Any = _SWAPS) -> Any:
    calculator = submission.sequential_calculator()
    found = _calculated(calculator, _Children(calculator), ["plus1", "plus2", "plus3"], x, swaps)
    names = [name for name, _ in calculator.named_children()]
    return {"is a Sequential": isinstance(calculator, nn.Sequential), "names": names, **found}


@exercise(
    points=1,
    examples=60,
    hints=[
        "self.add_list = nn.ModuleList([...]): a Python list would hide the modules from parameters() and to().",
        "In forward, apply self.add_list[1], then [0], then [2].",
    ],
)
def ListCalculator(submission: Any, x: Any = _SMALL, swaps: Any = _SWAPS) -> Any:
    calculator = submission.ListCalculator()
    held = calculator.add_list
    kinds = {"is a Module": _is_module(calculator), "add_list is a ModuleList": isinstance(held, nn.ModuleList)}
    return {**kinds, "length": len(held), **_calculated(calculator, held, [0, 1, 2], x, swaps)}


@exercise(
    points=1,
    examples=60,
    hints=[
        "self.add_dict = nn.ModuleDict({...}): a Python dict would hide the modules from parameters() and to().",
        "The order of the keys is not the order of application: name add3, add2, add5 in forward.",
    ],
)
def DictCalculator(submission: Any, x: Any = _SMALL, swaps: Any = _SWAPS) -> Any:
    calculator = submission.DictCalculator()
    held = calculator.add_dict
    kinds = {"is a Module": _is_module(calculator), "add_dict is a ModuleDict": isinstance(held, nn.ModuleDict)}
    found = _calculated(calculator, held, ["add2", "add3", "add5"], x, swaps)
    return {**kinds, "keys": sorted(held.keys()), **found}


@exercise(
    points=1,
    examples=40,
    hints=[
        "Decide in __init__, and raise ValueError there for anything but the two words.",
        'The message has to name the word: f"... {cal_type!r}".',
    ],
)
def Calculator(submission: Any, x: Any = _NUMBERS, cal_type: Any = choices("add", "sub")) -> Any:
    module = submission.Calculator(cal_type)
    submission.Calculator("sub" if cal_type == "add" else "add")  # another one, whose kind is its own
    return {"is a Module": _is_module(module), "output": module(x)}


_ALMOST = ("mul", " add", "Add", "SUB", "addition", "subtract", "ad", "su", "plus", "div", "add sub", "")


@Calculator.also(examples=40, explicit=[{"cal_type": word, "drawn": "x", "word": False} for word in _ALMOST])
def other_words(
    submission: Any, cal_type: Any = choices(*_ALMOST), drawn: Any = text_words(), word: Any = booleans()
) -> Any:
    wanted = drawn if word and drawn not in ("add", "sub") else cal_type
    cls = submission.Calculator
    return raised(lambda: cls(wanted)(torch.ones(2)), "ValueError", naming=wanted)


# MLP --------------------------------------------------------------------------------------------------------------

_SIZES = lists_of(integers(1, 4), 2, 5)
_LEADING = lists_of(lists_of(integers(0, 3), 0, 2), 1, 2)


def _input(leading: list[int], features: int, dtype: Any) -> Any:
    count = torch.Size([*leading, features]).numel()
    return ((torch.arange(count, dtype=dtype) * 5) % 9 - 4).reshape(*leading, features) / 2


def _give_weights(layers: list[list[nn.Parameter]], seed: int) -> None:
    """Fill biases and weights with quarters that differ from layer to layer."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameters in layers:
            for parameter in parameters:
                parameter.copy_(torch.randint(-6, 7, parameter.shape, generator=generator) / 4)


@exercise(
    points=3,
    examples=50,
    rng="off",  # how the weights start is free
    hints=[
        "zip(sizes[:-1], sizes[1:]) gives the neighbours.",
        "Count the layers in forward: the ReLU comes before every layer except for the first.",
        "Begin a new list of shapes in each forward; do not append to the old one.",
    ],
)
def MLP(
    submission: Any,
    sizes: Any = _SIZES,
    leading: Any = _LEADING,
    weights: Any = integers(0, 999),
    double: Any = booleans(),
    pack: Any = choices("list", "tuple"),
) -> Any:
    module = submission.MLP(sizes if pack == "list" else tuple(sizes))
    dtype = torch.float64 if double else torch.float32
    module.to(dtype)
    layers = module.layers
    held = [sorted(layer.parameters(), key=lambda parameter: parameter.dim()) for layer in layers]
    _give_weights(held, weights)
    called = {id(parameter): name for name, parameter in module.named_parameters()}
    names = [called.get(id(parameter), "") for parameters in held for parameter in parameters]
    other = submission.MLP([2, 1])  # its shapes are its own
    runs = []
    for sizes_before in leading:
        found = forward_backward(module, _input(sizes_before, sizes[0], dtype))
        other(torch.ones(5, 2))
        runs.append(
            {
                "output": found["output"],
                "gradient": found["inputs"],
                "gradients of the layers": [found["parameters"].get(name) for name in names],
                "shapes": [tuple(shape) for shape in module.shapes],
            }
        )
    return {
        "is a Module": _is_module(module),
        "layers is a ModuleList": isinstance(layers, nn.ModuleList),
        "parameters of each layer": [[tuple(parameter.shape) for parameter in parameters] for parameters in held],
        "parameters outside of layers": len(called) - len(names),
        "the same parameters afterwards": [id(parameter) in called for parameter in module.parameters()],
        "runs": runs,
    }


# count_parameters -------------------------------------------------------------------------------------------------

_ANY_MODEL = modules("d", kinds=("Linear", "BatchNorm1d", "ReLU", "LayerNorm"), dtype="floating")


def _more(width: int, tied: Any) -> nn.Module:
    """Return a module with parameters and buffers of its own, of several kinds."""
    module = nn.Module()
    module.own = nn.Parameter(torch.ones(width, 3))
    module.scale = nn.Parameter(torch.tensor(1.0))
    module.fixed = nn.Parameter(torch.ones(width), requires_grad=False)
    module.register_parameter("absent", None)
    module.register_buffer("kept", torch.ones(2, width))
    module.register_buffer("table", torch.ones(width), persistent=False)
    module.register_buffer("none", None)
    module.plain = torch.ones(11)
    if tied is not None:
        module.tied = tied
    return module


@exercise(
    points=2,
    examples=60,
    hints=[
        "model.parameters() goes down into all submodules and gives a shared parameter once.",
        "A parameter is trainable if it requires grad.",
        "Buffers are counted by model.buffers(): the state_dict does not hold all of them.",
    ],
)
def count_parameters(
    submission: Any,
    model: Any = _ANY_MODEL,
    width: Any = integers(0, 4),
    more: Any = booleans(),
    tied: Any = booleans(),
    frozen: Any = choices(False, False, True),
) -> Any:
    module = build(model)
    if more:
        first = next(iter(module.parameters()), None) if tied else None
        module.add_module("with_more", _more(width, first))
        module.held_above = nn.Parameter(torch.ones(width, 2))  # held by a module that has children
        module.register_buffer("kept_above", torch.ones(3))
    if frozen:
        for parameter in list(module.parameters())[::2]:
            parameter.requires_grad_(False)
    before = registered(module)
    found = submission.count_parameters(module)
    after = registered(module)
    return {"found": found, "unchanged": _same(before, after)}


def _same(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return before.keys() == after.keys() and all(
        entry["value"].requires_grad == after[name]["value"].requires_grad
        and torch.equal(entry["value"], after[name]["value"])
        for name, entry in before.items()
    )


@count_parameters.also(examples=30)
def tied_layers(
    submission: Any,
    d: Any = integers(1, 4),
    k: Any = integers(1, 4),
    what: Any = choices("weights", "layer", "equal values"),
    frozen: Any = booleans(),
) -> Any:
    first, second = nn.Linear(d, k), nn.Linear(d, k)
    for layer in (first, second):
        fill(layer, weight=1.0, bias=1.0)
    if what == "weights":
        second.weight = first.weight
    first.weight.requires_grad = not frozen
    held = nn.ModuleDict({"a": first, "b": first if what == "layer" else second})
    return submission.count_parameters(nn.Sequential(held, nn.ModuleList([nn.BatchNorm1d(d)])))


# submodule_names and get_submodule_at -----------------------------------------------------------------------------

_TREES = modules("d", kinds=("Linear", "ReLU", "Tanh"), layers=(0, 3), frozen=False)


@exercise(
    points=2,
    hints=[
        "named_children gives the direct children, named_modules all modules, the model itself first.",
        "The model's own name is empty: leave it out.",
    ],
)
def submodule_names(submission: Any, model: Any = _TREES, by_name: Any = booleans()) -> Any:
    module = build(model)
    if by_name:
        return submission.submodule_names(module, deep=True)
    return submission.submodule_names(module, True)


# No shared layers: what becomes of a child with two names is said of the deep names alone.
@submodule_names.also(examples=50)
def names_of_children(
    submission: Any, model: Any = modules("d", layers=(0, 3), frozen=False, shared=False), by_name: Any = booleans()
) -> Any:
    module = build(model)
    if by_name:
        return submission.submodule_names(module, deep=False)
    return submission.submodule_names(module, False)


@submodule_names.also(examples=40)
def names_in_containers(
    submission: Any,
    keys: Any = lists_of(choices("z", "a", "fc", "10", "2", "m_1"), 0, 4),
    deep: Any = booleans(),
    shared: Any = booleans(),
) -> Any:
    layer = nn.Linear(1, 1)
    inner = nn.ModuleDict({key: nn.Sequential(nn.ReLU(), nn.Tanh()) for key in keys})
    model = nn.Module()
    model.last = nn.ModuleList([nn.ReLU(), layer])
    model.hidden = [nn.ReLU()]  # in a Python list: not registered
    model.register_module("empty", None)
    model.first = inner
    if shared:
        inner["again"] = nn.Sequential(layer, nn.Sequential())
    return submission.submodule_names(model, deep)


def _where(model: nn.Module, found: Any) -> Any:
    """Return the first name of a module that was found, by identity."""
    names = [name for name, module in model.named_modules() if module is found]
    return names[0] if names else f"no module of the model, but {type(found).__name__}"


_PATHS = integers(0, 999)


@exercise(
    points=2,
    bans="torch.nn.Module.get_submodule",
    hints=[
        'Walk name by name: for name in path.split("."). An empty path needs care: "".split(".") is [""].',
        "getattr raises AttributeError for a missing name by itself; that a name leads to a module you must check.",
    ],
)
def get_submodule_at(submission: Any, model: Any = _TREES, number: Any = _PATHS) -> Any:
    module = build(model)
    paths = [name for name, _ in module.named_modules(remove_duplicate=False)]
    path = paths[number % len(paths)]
    return {"path": path, "is at": _where(module, submission.get_submodule_at(module, path))}


_WRONG = ("weight", "bias", "training", "forward", "missing", "nothere", "99", "missing.fc", "nothere.0.weight")


@get_submodule_at.also()
def no_module_there(
    submission: Any,
    model: Any = _TREES,
    number: Any = _PATHS,
    wrong: Any = choices(*_WRONG),
) -> Any:
    get = submission.get_submodule_at
    module = build(model)
    module.add_module("fc", nn.Linear(1, 2))
    paths = [name for name, _ in module.named_modules()]
    ends_in = "fc" if wrong in ("weight", "bias") and number % 2 else paths[number % len(paths)]
    path = f"{ends_in}.{wrong}" if ends_in else wrong
    return {"path": path, **raised(lambda: get(module, path), "AttributeError", naming=wrong.partition(".")[0])}


# LazyScale --------------------------------------------------------------------------------------------------------

_FEATURES = tensors("... f", rank=(0, 3), low=-4, high=4, gradient=False, sizes={"f": (1, 4)})


def _scales(module: nn.Module) -> dict[str, Any]:
    """Return the values of all parameters, now and in the state_dict, whatever they are called."""
    parameters, saved = dict(module.named_parameters()), module.state_dict()
    return {
        # Clones: double() returns a float64 tensor itself, which training goes on to change.
        "parameters": [parameter.detach().clone().double().flatten() for parameter in parameters.values()],
        "trainable": [parameter.requires_grad for parameter in parameters.values()],
        "state_dict": [saved[name].clone().double().flatten() for name in parameters if name in saved],
    }


# Whether the scale has the dtype of the input or float32 is free, and with it the rounding of a step.
_ROUNDED = {"rtol": 1e-4, "atol": 1e-4}


@exercise(
    points=3,
    examples=40,
    **_ROUNDED,
    hints=[
        'In __init__: self.register_parameter("scale", None). In forward, make it only if it is still None.',
        "nn.Parameter(torch.ones(x.shape[-1])) has one number for each feature.",
        "Broadcasting lets an input of one feature, or a scale of one, pass in silence: compare the sizes yourself.",
    ],
)
def LazyScale(submission: Any, x: Any = _FEATURES, without_grad: Any = booleans(), mode: Any = booleans()) -> Any:
    module = submission.LazyScale().train(mode)
    with torch.set_grad_enabled(not without_grad):
        first = module(x)
    start = _scales(module)
    names = list(module.state_dict())
    train_step(module, x)
    trained = _scales(module)
    found = forward_backward(module, x)
    return {
        "is a Module": _is_module(module),
        "first output": first.detach(),
        "at the start": start,
        "after training": trained,
        "output": found["output"],
        "gradient": found["inputs"],
        "gradient of the scale": [gradient.flatten().double() for gradient in found["parameters"].values()],
        "same names": names == list(module.state_dict()),
    }


def _write(parameter: Any, values: Any) -> None:
    """Write values into a parameter of any shape with as many elements."""
    with torch.no_grad():
        parameter.copy_(values.reshape(parameter.shape))


@LazyScale.also(examples=30, **_ROUNDED)
def one_optimizer_for_all_steps(
    submission: Any,
    x: Any = tensors("n f", low=-2, high=2, gradient=False, sizes={"n": (1, 3), "f": (1, 4)}),
    steps: Any = integers(1, 3),
) -> Any:
    module = submission.LazyScale()
    module(x)
    optimizer = torch.optim.SGD(module.parameters(), lr=0.0625)
    for _ in range(steps):
        optimizer.zero_grad()
        (module(x) ** 2).sum().backward()
        optimizer.step()
    held = {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}
    return {
        "output": module(x).detach(),
        "scales": _scales(module),
        "what the optimizer trains": [id(parameter) in held for parameter in module.parameters()],
    }


@LazyScale.also(examples=40, **_ROUNDED)
def another_width(
    submission: Any,
    x: Any = tensors("... f", rank=(0, 2), low=-4, high=4, gradient=False, sizes={"f": (1, 4)}),
    width: Any = derived(lambda earlier: choices(*(n for n in range(1, 6) if n != earlier.x.shape[-1]))),
    trained: Any = booleans(),
) -> Any:
    module = submission.LazyScale()
    module(x)
    if trained:
        train_step(module, x)
    other = torch.ones(*x.shape[:-1], width, dtype=x.dtype)
    refused = raised(lambda: module(other))["raised"] is not None
    return {"another width is refused": refused, "after": _scales(module), "output": module(x).detach()}


@LazyScale.also(examples=20, **_ROUNDED)
def scale_saved_and_loaded(
    submission: Any,
    x: Any = tensors("n f", low=-4, high=4, gradient=False, sizes={"n": (1, 3), "f": (1, 4)}),
    values: Any = tensors("f", low=-4, high=4, gradient=False),
) -> Any:
    first, second = submission.LazyScale(), submission.LazyScale()
    model = nn.Sequential(first, second)
    model(x)
    for parameter in first.parameters():
        _write(parameter, values)
    fresh = nn.Sequential(submission.LazyScale(), submission.LazyScale())
    fresh(x)
    loaded = save_and_load(model, fresh)
    return {"output": loaded(x).detach(), "scales": _scales(loaded)}


# Scaled -----------------------------------------------------------------------------------------------------------

_BATCHES = tensors("...", rank=(1, 4), low=-8, high=8, gradient=False)
_NAMES = ("W1", "W2", "duck")


def _one_number(tensor: Any) -> Any:
    """Return a tensor of one element as 0-d, and any other as it is."""
    return tensor.reshape(()) if isinstance(tensor, torch.Tensor) and tensor.numel() == 1 else tensor


def _three(module: nn.Module) -> dict[str, Any]:
    found = registered(module)
    named = {name: {**found[name], "value": _one_number(found[name]["value"])} for name in _NAMES if name in found}
    others = [name for name, entry in found.items() if entry["kind"] == "parameter" and name not in _NAMES]
    return {"kinds": {name: entry["kind"] for name, entry in named.items()}, "other parameters": others} | {
        name: entry["value"] for name, entry in named.items()
    }


def _numbers(passes: dict[str, Any]) -> dict[str, Any]:
    gradients = {name: _one_number(gradient) for name, gradient in passes["parameters"].items()}
    return {**passes, "parameters": gradients}


@exercise(
    points=2,
    examples=50,
    hints=[
        "Two nn.Parameter attributes and one register_buffer, all made in __init__.",
        "No other module is needed: write the formula in forward.",
    ],
)
def Scaled(submission: Any, x: Any = _BATCHES) -> Any:
    cls = submission.Scaled
    module, built = modules_built(cls)
    before = list(module.parameters())
    passes, built_in_forward = modules_built(lambda: forward_backward(module, x))
    return {
        "is a Module": _is_module(module),
        "at the start": _three(module),
        "passes": _numbers(passes),
        "modules built": built,
        "modules built in forward": built_in_forward,
        "the same parameters afterwards": _same_objects(before, module),
        "modules held": [name for name, _ in module.named_modules() if name],
    }


@Scaled.also(examples=50)
def other_numbers(
    submission: Any,
    x: Any = _BATCHES,
    w1: Any = floats(-4, 4),
    w2: Any = choices(2.0, -4.0, 0.5),
    duck: Any = floats(-4, 4),
) -> Any:
    module = submission.Scaled().to(x.dtype)
    fill(module, W1=w1, W2=w2, duck=duck)
    fill(submission.Scaled(), W1=1.0, W2=1.0, duck=6.0)  # another one, whose numbers are its own
    return {"passes": _numbers(forward_backward(module, x)), "after": _three(module)}


# ReprBox ----------------------------------------------------------------------------------------------------------


_LENGTHS = choices(3, 4, 0, 12, -1, 2.5, 640, 1234567, 10**12, 0.1, 1.0, 1e-07, 3.14159265358979)


@exercise(
    points=1,
    examples=40,
    hints=[
        'extra_repr returns a str, without the name of the class: f"width={self.width}, ...".',
        "Do not override __repr__: nn.Module writes name and parentheses around what extra_repr returns.",
    ],
)
def ReprBox(submission: Any, width: Any = _LENGTHS, height: Any = _LENGTHS, by_name: Any = booleans()) -> Any:
    cls = submission.ReprBox
    box = cls(width=width, height=height) if by_name else cls(width, height)
    cls(77, 88)  # another box, whose sizes are its own
    return {
        "is a Module": _is_module(box),
        "extra_repr": box.extra_repr(),
        "is printed": box.extra_repr() in repr(box),
    }
