"""Checks of the assignment init: visiting every module of a model, to initialise, count and change it."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from grader.authoring import (
    build,
    choices,
    exercise,
    floats,
    generators_at,
    lawful,
    modules,
    not_uniform,
    seeds,
    tensors,
)

_VECTORS = ("Linear", "ReLU", "BatchNorm1d", "Dropout", "LayerNorm")
_LINEAR = {"kind": "Linear", "in_features": 2, "out_features": 3}
_CONV = {"kind": "Conv2d", "in_channels": 2, "out_channels": 3, "kernel_size": 3}
_GROUPED = _CONV | {"in_channels": 4, "out_channels": 6, "groups": 2}
_NORM = {"kind": "BatchNorm2d", "num_features": 3}
_SINGLE = choices(
    _LINEAR, _LINEAR | {"bias": False}, _LINEAR | {"class": "OwnLinear"}, _LINEAR | {"frozen": True}, {"kind": "ReLU"}
)

# One layer that two parents hold, and that one parent holds twice.
_SHARED = {
    "kind": "Sequential",
    "children": [
        ["one", {"kind": "Block", "children": [["fc", _LINEAR | {"out_features": 2, "id": 0}]]}],
        ["two", {"kind": "Block", "children": [["fc", {"kind": "Shared", "of": 0}]]}],
        ["three", {"kind": "Block", "children": [["a", {"kind": "Shared", "of": 0}], ["b", {"kind": "ReLU"}]]}],
    ],
    "seed": 3,
}


class Sealed(nn.Module):
    """Holds a module but keeps visitors out: its `apply` visits nothing, so that `model.apply` changes nothing in it.

    An answer that walks through `modules()` or `children()` on its own does not notice.
    """

    def __init__(self, inside: nn.Module) -> None:
        super().__init__()
        self.inside = inside

    def apply(self, fn: Callable[[nn.Module], Any]) -> nn.Module:
        """Visit nothing."""
        return self


def _with_sealed(description: Any, inside: Any) -> nn.Module:
    model = build(description)
    model.add_module("sealed", Sealed(build(inside)))
    return model


def _values(model: nn.Module) -> dict[str, Any]:
    return dict(model.state_dict())


# init_constant ----------------------------------------------------------------------------------------------------


def _filled(submission: Any, model: nn.Module, weight: float, bias: float) -> dict[str, Any]:
    before = dict(model.named_parameters())
    result = submission.init_constant(model, weight, bias)
    after = dict(model.named_parameters())
    return {
        "returns the model": result is model,
        "values": _values(model),
        "requires_grad": {name: parameter.requires_grad for name, parameter in after.items()},
        "the same parameter objects": {name: after.get(name) is parameter for name, parameter in before.items()},
    }


@exercise(
    points=2,
    hints=[
        "apply visits every module, the model itself included: your function needs to look at one module only.",
        "isinstance(module, nn.Linear) is also true for classes derived from it.",
        "nn.init.constant_ fills a parameter in place. A Linear made with bias=False has bias None.",
    ],
)
def init_constant(
    submission: Any,
    model: Any = modules("d", kinds=_VECTORS, depth=2, dtype="floating"),
    weight: Any = floats(),
    bias: Any = floats(),
) -> Any:
    return _filled(submission, build(model), weight, bias)


@init_constant.also(examples=10)
def constant_whole_numbers(
    submission: Any, model: Any = _SINGLE, weight: Any = choices(2, 0, -1), bias: Any = choices(3, 0)
) -> Any:
    return _filled(submission, build(model), weight, bias)


@init_constant.also(examples=20)
def constant_in_a_single_layer(
    submission: Any, model: Any = _SINGLE, weight: Any = floats(), bias: Any = floats()
) -> Any:
    return _filled(submission, build(model), weight, bias)


@init_constant.also(examples=20)
def constant_between_convolutions(
    submission: Any,
    model: Any = modules("c h w", outputs="k", depth=1),
    weight: Any = floats(),
    bias: Any = floats(),
) -> Any:
    return _filled(submission, build(model), weight, bias)


@init_constant.also(examples=15)
def constant_by_apply(
    submission: Any, model: Any = modules("d", layers=(1, 2), depth=1), weight: Any = floats(), bias: Any = floats()
) -> Any:
    return _filled(submission, _with_sealed(model, _LINEAR), weight, bias)


class _Derived(nn.Linear):
    """A class derived from Linear."""


class _Deeper(_Derived):
    """A class derived from a class derived from Linear."""


@init_constant.also(examples=5)
def constant_in_a_class_further_down(submission: Any, weight: Any = floats(), bias: Any = floats()) -> Any:
    return _filled(submission, nn.Sequential(_Deeper(2, 3), nn.ReLU()), weight, bias)


# init_by_type -----------------------------------------------------------------------------------------------------


def _bound(weight: Any) -> float:
    """Return the bound of the uniform distribution that a weight is to be drawn from."""
    if weight.ndim == 4:
        return math.sqrt(6 / weight[0].numel())
    return math.sqrt(6 / sum(weight.shape))


def _drawn_and_fixed(model: nn.Module) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the weights that are drawn, and all other parameters: their values alone."""
    drawn, fixed = {}, {}
    for name, module in model.named_modules():
        for key, parameter in module.named_parameters(recurse=False):
            into = drawn if key == "weight" and isinstance(module, nn.Linear | nn.Conv2d) else fixed
            into[f"{name}.{key}"] = parameter.detach()
    return drawn, fixed


def _initialised(submission: Any, model: Any, seed: int) -> dict[str, Any]:
    """Initialise a model, then a second one with the generators elsewhere, then a third one with another seed."""
    first, again, other = build(model), build(model), build(model)
    submission.init_by_type(first, seed)
    with generators_at(seed ^ 5):
        submission.init_by_type(again, seed)
        submission.init_by_type(other, seed ^ 1)
    drawn, fixed = _drawn_and_fixed(first)
    repeated, changed = (_drawn_and_fixed(twin)[0] for twin in (again, other))
    return {
        "all other parameters": fixed,
        "dtypes of the weights": {name: str(weight.dtype) for name, weight in drawn.items()},
        "the same seed gives the same weights": all(torch.equal(drawn[name], repeated[name]) for name in drawn),
        "drawn": lawful(drawn),
        "drawn with another seed": lawful(changed),
    }


@exercise(
    points=3,
    requires_grad="off",
    examples=60,
    hints=[
        "nn.init.kaiming_uniform_(weight, nonlinearity='relu') and nn.init.xavier_uniform_(weight).",
        "A generator of your own, torch.Generator().manual_seed(seed), disturbs nobody: the functions of nn.init take "
        "generator=; torch.random.fork_rng() is another way.",
        "Not every layer has a bias, and a batch norm with affine=False has no weight either.",
    ],
)
def init_by_type(
    submission: Any,
    model: Any = modules(
        "c h w", outputs="k", kinds=("Conv2d", "BatchNorm2d", "ReLU"), depth=1, subclasses=False, dtype="floating"
    ),
    seed: Any = seeds(),
) -> Any:
    return _initialised(submission, model, seed)


@init_by_type.law("weights lie within the bounds of their distribution, and are no constant")
def _(example: Any, observed: Any) -> Any:
    for name, weight in observed["drawn"].items():
        bound, greatest = _bound(weight), float(weight.abs().max())
        if not greatest <= bound * (1 + 1e-5):
            return f"{name} holds {greatest:.4g} where the bound is {bound:.4g}"
        # Four equal float32 numbers in a row: below 2 ** -60 by chance.
        if weight.numel() >= 4 and float(weight.max()) == float(weight.min()):
            return f"all elements of {name} are {greatest:.4g}"
    return True


@init_by_type.also(requires_grad="off", examples=40)
def init_by_type_of_vectors(
    submission: Any,
    model: Any = modules("d", kinds=_VECTORS, depth=2, subclasses=False, dtype="floating"),
    seed: Any = seeds(),
) -> Any:
    return _initialised(submission, model, seed)


init_by_type_of_vectors.laws.extend(init_by_type.probes[0].laws)


@init_by_type.also(requires_grad="off", examples=15)
def init_by_type_of_one_layer(
    submission: Any,
    model: Any = choices(_LINEAR, _CONV, _NORM, _GROUPED, _LINEAR | {"bias": False}, _CONV | {"bias": False}),
    seed: Any = seeds(),
) -> Any:
    return _initialised(submission, model, seed)


init_by_type_of_one_layer.laws.extend(init_by_type.probes[0].laws)


@init_by_type.also(requires_grad="off", examples=10)
def init_by_type_by_apply(
    submission: Any,
    model: Any = modules("d", layers=(1, 2), depth=1, subclasses=False),
    inside: Any = choices(_LINEAR, _CONV),
    seed: Any = seeds(),
) -> Any:
    whole = _with_sealed(model, inside)
    submission.init_by_type(whole, seed)
    return {"what apply does not visit": _values(whole.sealed)}


def _layers(*layers: Any) -> dict[str, Any]:
    return {"kind": "Sequential", "children": [[str(number), layer] for number, layer in enumerate(layers)]}


# Thousands of numbers in one weight of each kind: a normal distribution cut off at the bounds shows in no fewer.
_LARGE = choices(
    _layers(
        _CONV | {"in_channels": 4, "out_channels": 24},
        {"kind": "Linear", "in_features": 40, "out_features": 16},
        _CONV | {"in_channels": 20, "out_channels": 40},
        {"kind": "Linear", "in_features": 12, "out_features": 60},
    ),
    _layers(
        {"kind": "Linear", "in_features": 9, "out_features": 90, "bias": False},
        {"kind": "Block", "children": [["conv", _CONV | {"in_channels": 64, "out_channels": 16, "kernel_size": 1}]]},
        {"kind": "Linear", "in_features": 90, "out_features": 90},
        _CONV | {"in_channels": 8, "out_channels": 8},
    ),
    _layers(
        _CONV | {"in_channels": 16, "out_channels": 64, "groups": 4},
        _CONV | {"in_channels": 64, "out_channels": 64, "groups": 64},
    ),
)


@init_by_type.also(requires_grad="off", examples=10)
def spread_of_the_weights(submission: Any, model: Any = _LARGE, seed: Any = seeds()) -> Any:
    return _initialised(submission, model, seed)


# At most 10 examples of 4 weights, each found fault with wrongly with a probability of 2e-10: below one in a hundred
# million for a whole submission.
@spread_of_the_weights.law("weights are uniform between their bounds: Kaiming for Conv2d, Xavier for Linear")
def _(example: Any, observed: Any) -> Any:
    for name, weight in observed["drawn"].items():
        problem = not_uniform(weight, _bound(weight))
        if problem:
            return f"{name}: {problem}"
    return True


@spread_of_the_weights.law("another seed gives other weights")
def _(example: Any, observed: Any) -> Any:
    return not any(
        torch.equal(weight, observed["drawn with another seed"][n]) for n, weight in observed["drawn"].items()
    )


# apply_order ------------------------------------------------------------------------------------------------------


@exercise(
    points=1,
    bans=["torch.nn.Module.apply"],
    explicit=[{"model": _SHARED}],
    hints=[
        "Children first, then the module itself: a function that calls itself.",
        "model.children() gives the direct children; a module that two parents hold comes with each of them.",
    ],
)
def apply_order(submission: Any, model: Any = modules("d", kinds=(*_VECTORS, "Tanh"), depth=2)) -> Any:
    return submission.apply_order(build(model))


@apply_order.also(examples=10)
def order_in_a_single_layer(submission: Any, model: Any = _SINGLE) -> Any:
    return submission.apply_order(build(model))


@apply_order.also(examples=10)
def order_past_an_empty_place(submission: Any, model: Any = modules("d", layers=(1, 2), depth=1)) -> Any:
    whole = build(model)
    whole.register_module("downsample", None)  # a child that is None: nobody visits it
    whole.add_module("act", nn.Tanh())
    return submission.apply_order(whole)


# inject_weights ---------------------------------------------------------------------------------------------------

_CLASSES = ("FScale", "Function1", "fold", "NotF")


def _prepare(model: nn.Module, placeholder: str) -> nn.Module:
    """Give modules a W that is None: plain or registered, by turns where it says both; others have some as well."""
    for number, module in enumerate(model.modules()):
        kind = ("plain", "registered", "none")[number % 3] if placeholder == "both" else placeholder
        if kind == "plain":
            module.W = None
        elif kind == "registered":
            module.register_parameter("W", None)
    return model


def _injected(submission: Any, model: nn.Module, value: float) -> dict[str, Any]:
    before = _values(model)
    submission.inject_weights(model, value)
    after, found, others, seen = _values(model), {}, {}, []
    for name, module in model.named_modules():
        weight = getattr(module, "W", None)
        if not type(module).__name__.startswith("F"):
            others[name] = weight is None
            continue
        seen.append(id(weight))
        found[name] = {
            "registered": isinstance(weight, nn.Parameter) and module._parameters.get("W") is weight,
            "in state_dict": f"{name}.W".lstrip(".") in after,
            "value": float(weight) if isinstance(weight, torch.Tensor) and weight.numel() == 1 else weight,
            "is floating": isinstance(weight, torch.Tensor) and weight.is_floating_point(),
        }
    return {
        "modules": found,
        "each has its own": len(set(seen)) == len(seen),
        "others without W": others,
        "other values": {name: after.get(name) for name in before},
    }


@exercise(
    points=2,
    hints=[
        "type(module).__name__ is the name of a module's class.",
        "module.W = nn.Parameter(...) registers; a plain tensor does not.",
        "register_parameter refuses a name that is there already as a plain attribute: setting the attribute works in "
        "all cases.",
    ],
)
def inject_weights(
    submission: Any,
    model: Any = modules("d", kinds=("Linear", "ReLU"), classes=_CLASSES, depth=2),
    value: Any = floats(),
    placeholder: Any = choices("none", "plain", "registered", "both"),
) -> Any:
    return _injected(submission, _prepare(build(model), placeholder), value)


@inject_weights.also(examples=20)
def inject_into_roots_and_containers(
    submission: Any,
    model: Any = choices(
        {"kind": "Plain", "class": "FRoot"},
        {"kind": "Sequential", "class": "FStack", "children": [["0", {"kind": "Flatten"}], ["1", _LINEAR]]},
        {"kind": "Block", "class": "Folder", "children": [["F", _LINEAR]]},
        {"kind": "Sequential", "children": [["Fc", _LINEAR], ["Flat", {"kind": "Flatten"}]]},
    ),
    value: Any = floats(),
    placeholder: Any = choices("none", "plain", "registered"),
) -> Any:
    return _injected(submission, _prepare(build(model), placeholder), value)


@inject_weights.also(examples=15)
def inject_whole_numbers(
    submission: Any,
    model: Any = modules("d", kinds=("Linear", "ReLU"), classes=_CLASSES, depth=1),
    value: Any = choices(2, 0, -1, 7),
    placeholder: Any = choices("none", "plain", "registered"),
) -> Any:
    return _injected(submission, _prepare(build(model), placeholder), value)


@inject_weights.also(examples=10)
def inject_by_apply(
    submission: Any,
    model: Any = modules("d", classes=_CLASSES, layers=(1, 2), depth=1),
    value: Any = floats(),
) -> Any:
    whole = _with_sealed(model, {"kind": "Plain", "class": "FInside"})
    submission.inject_weights(whole, value)
    return {"parameters where apply does not visit": len(list(whole.sealed.parameters()))}


# add_repr ---------------------------------------------------------------------------------------------------------


def _own_repr(module: nn.Module) -> str:
    """Return a module's repr without its children's."""
    children, module._modules = module._modules, {}
    try:
        return repr(module)
    finally:
        module._modules = children


def _classes(model: nn.Module) -> dict[type, dict[str, Any]]:
    return {cls: dict(vars(cls)) for module in model.modules() for cls in type(module).__mro__ if cls is not object}


def _restore(classes: dict[type, dict[str, Any]]) -> list[str]:
    """Put classes back as they were; return the names of those that were changed."""
    changed = []
    for cls, before in classes.items():
        now = dict(vars(cls))
        different = [name for name in now if name not in before or now[name] is not before[name]]
        for name in (name for name in different if name not in ("__dict__", "__weakref__")):
            if name in before:
                setattr(cls, name, before[name])
            else:
                delattr(cls, name)
        if different:
            changed.append(cls.__name__)
    return sorted(changed)


def _labelled(submission: Any, model: nn.Module, names: dict[str, str]) -> dict[str, Any]:
    classes = _classes(model)
    kinds = {name: type(module).__name__ for name, module in model.named_modules()}
    submission.add_repr(model, dict(names))
    shown = {}
    for name, module in model.named_modules():
        text = _own_repr(module)
        shown[name] = f"name={names[kinds[name]]}" in text if kinds[name] in names else text
    return {"shown": shown, "changed classes": _restore(classes)}


@exercise(
    points=2,
    hints=[
        "repr(module) asks module.extra_repr(), which may be replaced on one instance: module.extra_repr = lambda: ...",
        "A lambda looks its variables up when it is called: make it in a function that gets the module as argument.",
        "type(module).__name__ in names: no isinstance, a subclass has another name.",
    ],
)
def add_repr(
    submission: Any,
    model: Any = modules("d", classes=("Scale",), kinds=_VECTORS, depth=2),
    names: Any = choices(
        {"Linear": "fc"},
        {"ReLU": "act", "OwnLinear": "mine"},
        {"Linear": "L1", "BatchNorm1d": "N2", "Dropout": "D3", "LayerNorm": "four"},
        {"Sequential": "chain", "Block": "body"},
        {"Scale": "한글", "ReLU": "two words"},
        {"Sequential": "100%", "Linear": "{x}"},
        {"Conv2d": "absent"},
        {},
    ),
) -> Any:
    return _labelled(submission, build(model), names)


@add_repr.also(examples=10)
def repr_of_a_single_layer(
    submission: Any, model: Any = _SINGLE, names: Any = choices({"Linear": "fc"}, {"OwnLinear": "fc", "ReLU": "act"})
) -> Any:
    return _labelled(submission, build(model), names)


@add_repr.also(examples=10)
def repr_by_apply(
    submission: Any, model: Any = modules("d", layers=(1, 2), depth=1), names: Any = choices({"Linear": "fc"})
) -> Any:
    whole = _with_sealed(model, _LINEAR)
    submission.add_repr(whole, dict(names))
    return {"shown where apply does not visit": repr(whole.sealed.inside)}


# linear_transformation --------------------------------------------------------------------------------------------


def _functions(model: nn.Module) -> dict[str, Any]:
    return {name: m for name, m in model.named_modules() if type(m).__name__.startswith("Function")}


def _vary(module: Any, start: float) -> None:
    """Give W and b values by which a transpose, or a W or b of another module, shows."""
    with torch.no_grad():
        for offset, tensor in enumerate((module.W, module.b)):
            numbers = torch.arange(tensor.numel(), dtype=tensor.dtype)
            tensor.copy_((numbers % 5 * 0.5 - 1 + start + offset).reshape(tensor.shape))


@exercise(
    points=3,
    hints=[
        "n is module.features; nn.Parameter(torch.ones(n, n)) and nn.Parameter(torch.ones(n)).",
        "module.forward = f replaces the forward of one instance: f gets x, without self.",
        "Several modules: make each forward in a function that gets its module as argument, or all of them use the "
        "last one.",
    ],
)
def linear_transformation(
    submission: Any,
    model: Any = modules(
        "d", kinds=("Linear", "ReLU"), classes=("FunctionA", "FunctionB", "MyFunction", "Fun"), depth=2
    ),
    x: Any = tensors("n d", dtype="float32", gradient=False),
) -> Any:
    model = build(model)
    before = _values(model)
    submission.linear_transformation(model)
    functions = _functions(model)
    fresh = {name: {"W": module.W.clone(), "b": module.b.clone()} for name, module in functions.items()}
    kinds = {name: [isinstance(p, nn.Parameter) for p in (m.W, m.b)] for name, m in functions.items()}
    first = model(x)
    for number, module in enumerate(functions.values()):
        _vary(module, number / 4)
    parameters = dict(model.named_parameters())
    own = [parameters.get(f"{name}.{key}".lstrip(".")) for name in functions for key in ("W", "b")]
    trained = [parameter for parameter in own if parameter is not None and parameter.requires_grad]
    output = model(x)
    gradients = (
        torch.autograd.grad(output.sum(), trained, allow_unused=True) if trained and output.requires_grad else ()
    )
    return {
        "fresh": fresh,
        "are parameters": kinds,
        "registered": sorted(parameters),
        "output": first.detach(),
        "output with other W and b": output.detach(),
        "gradients of W and b": list(gradients),
        "other values": {name: value for name, value in _values(model).items() if name in before},
    }


@linear_transformation.also(examples=30)
def transformation_of_any_rank(
    submission: Any,
    x: Any = tensors("... n", dtype="float32", sizes={"n": (1, 4)}),
    nested: Any = choices(False, True),
) -> Any:
    leaf: dict[str, Any] = {"kind": "Plain", "class": "Function7", "attributes": {"features": int(x.shape[-1])}}
    model = build({"kind": "Sequential", "children": [["a", leaf], ["b", dict(leaf)]]} if nested else leaf)
    submission.linear_transformation(model)
    for number, module in enumerate(_functions(model).values()):
        _vary(module, number / 4)
    return model(x)


@linear_transformation.also(examples=10)
def transformation_by_apply(
    submission: Any, model: Any = modules("d", classes=("FunctionA",), layers=(1, 2), depth=1)
) -> Any:
    whole = _with_sealed(model, {"kind": "Plain", "class": "FunctionB", "attributes": {"features": 2}})
    submission.linear_transformation(whole)
    return {"parameters where apply does not visit": len(list(whole.sealed.parameters()))}


# reset_all --------------------------------------------------------------------------------------------------------


class Resettable(nn.Module):
    """A module of no class of torch's that can be reset; it counts how often it was."""

    def __init__(self, inside: nn.Module) -> None:
        super().__init__()
        self.inside = inside
        self.weight = nn.Parameter(torch.zeros(3))
        self.resets = 0

    def reset_parameters(self) -> None:
        """Draw the weight anew."""
        self.resets += 1
        nn.init.uniform_(self.weight)


def _drawn_by_reset(model: nn.Module) -> dict[str, Any]:
    """Return the parameters that a reset draws, with more than two elements or not."""
    return {
        f"{name}.{key}".lstrip("."): parameter
        for name, module in model.named_modules()
        if isinstance(module, nn.Linear | nn.Conv2d | Resettable)
        for key, parameter in module.named_parameters(recurse=False)
    }


def _others(model: nn.Module) -> dict[str, Any]:
    drawn = _drawn_by_reset(model)
    return {
        name: tensor.detach()
        for name, tensor in (*model.named_parameters(), *model.named_buffers())
        if name not in drawn
    }


def _changed(model: nn.Module, twin: nn.Module) -> dict[str, bool]:
    """Tell of each drawn parameter of three elements or more whether it is another in a twin: by chance all are equal
    with a probability below 2 ** -60."""
    twins = _drawn_by_reset(twin)
    drawn = _drawn_by_reset(model)
    return {name: not torch.equal(p, twins[name]) for name, p in drawn.items() if p.numel() > 2}


def _reset(submission: Any, make: Callable[[], nn.Module], seed: int) -> dict[str, Any]:
    first, again, other = make(), make(), make()
    submission.reset_all(first, seed)
    with generators_at(seed ^ 5):
        submission.reset_all(again, seed)
        submission.reset_all(other, seed ^ 1)
    repeated = _drawn_by_reset(again)
    return {
        "drawn anew": _changed(first, make()),
        "dtypes": {name: str(parameter.dtype) for name, parameter in first.named_parameters()},
        "reset to constants, or kept": _others(first),
        "reset_parameters called": [m.resets > 0 for m in first.modules() if isinstance(m, Resettable)],
        "the same seed gives the same": {n: torch.equal(p, repeated[n]) for n, p in _drawn_by_reset(first).items()},
        "another seed gives others": _changed(first, other),
        "requires_grad": {name: parameter.requires_grad for name, parameter in first.named_parameters()},
    }


@exercise(
    points=2,
    rng="off",
    examples=50,
    hints=[
        "hasattr(module, 'reset_parameters') asks for the method, whatever the class is.",
        "The model itself can have one, too: modules() and apply include it, children() does not.",
        "torch.manual_seed(seed) before the first reset.",
    ],
)
def reset_all(
    submission: Any, model: Any = modules("d", kinds=_VECTORS, depth=2, dtype="floating"), seed: Any = seeds()
) -> Any:
    return _reset(submission, lambda: build(model), seed)


@reset_all.also(rng="off", examples=20)
def reset_classes_of_ones_own(
    submission: Any,
    model: Any = modules("c h w", layers=(1, 2), depth=1),
    root: Any = choices(True, False),
    seed: Any = seeds(),
) -> Any:
    def make() -> nn.Module:
        own = Resettable(build(model))
        return own if root else nn.Sequential(nn.ReLU(), own)

    return _reset(submission, make, seed)


@reset_all.also(rng="off", examples=10)
def reset_a_single_layer(
    submission: Any, model: Any = choices(_LINEAR, _CONV, _NORM, {"kind": "ReLU"}), seed: Any = seeds()
) -> Any:
    return _reset(submission, lambda: build(model), seed)


# count_by_type ----------------------------------------------------------------------------------------------------


@exercise(
    points=1,
    explicit=[{"model": _SHARED}],
    hints=[
        "A function that counts one module, and apply does the rest.",
        "modules() gives each module once; apply comes by once for each parent.",
    ],
)
def count_by_type(submission: Any, model: Any = modules("d", kinds=(*_VECTORS, "Tanh"), depth=2)) -> Any:
    return submission.count_by_type(build(model))


@count_by_type.also(examples=10)
def count_in_a_single_layer(submission: Any, model: Any = _SINGLE) -> Any:
    return submission.count_by_type(build(model))


@count_by_type.also(examples=10)
def count_by_apply(submission: Any, model: Any = modules("d", layers=(1, 2), depth=1)) -> Any:
    return submission.count_by_type(_with_sealed(model, {"kind": "Tanh"}))
