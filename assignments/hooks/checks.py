"""Checks of the assignment hooks: hooks in plain Python, on modules and on tensors."""

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from grader.authoring import (
    Bystanders,
    booleans,
    build,
    choices,
    derived,
    exercise,
    hooks_on,
    integers,
    leaf,
    lists_of,
    modules,
    raised,
    tensors,
    tuples_of,
)

# Package ----------------------------------------------------------------------------------------------------------

_ANSWERS: dict[str, Callable[[Any], Any]] = {
    "None": lambda value: None,
    "mark": lambda value: f"<{value}>",
    "0": lambda value: 0,
    "[]": lambda value: [],
    "False": lambda value: False,
    "empty text": lambda value: "",
}
_REGISTERED = lists_of(tuples_of(choices("pre", "post"), choices(*_ANSWERS)), 0, 5)
_VALUES = choices("x", 0, 3, [], [1, 2], "", None)


def _programs(count: int, log: list[str], silent: int = -1) -> list[Callable[[Any], Any]]:
    """Return programs that note what they get; the output of the silent one is None."""

    def program(number: int) -> Callable[[Any], Any]:
        def run(value: Any) -> str | None:
            log.append(f"program {number} gets {value!r}")
            return None if number == silent else f"p{number}({value!r})"

        return run

    return [program(number) for number in range(count)]


def _logged(name: str, answer: str, log: list[str]) -> Callable[[Any], Any]:
    def hook(value: Any) -> Any:
        log.append(f"{name} sees {value!r}")
        return _ANSWERS[answer](value)

    return hook


def _add(package: Any, kind: str, hook: Callable[[Any], Any]) -> Any:
    return package.add_pre_hook(hook) if kind == "pre" else package.add_hook(hook)


@exercise(
    points=3,
    bans=["torch"],
    hints=[
        "Keep two collections of hooks, and let a handle know which entry of which collection is its own.",
        "`if result:` also drops 0, '' and []: compare with `is not None`.",
        "A hook may remove itself while you walk over the hooks: walk over a copy.",
    ],
)
def Package(
    submission: Any,
    programs: Any = integers(0, 3),
    hooks: Any = _REGISTERED,
    value: Any = _VALUES,
    removed: Any = lists_of(integers(0, 4), 0, 2),
    silent: Any = integers(-1, 2),
    late: Any = choices("pre", "post"),
) -> Any:
    log: list[str] = []
    package = submission.Package(_programs(programs, log, silent))
    handles = [
        _add(package, kind, _logged(f"{kind}-hook {number}", answer, log))
        for number, (kind, answer) in enumerate(hooks)
    ]
    results = [package(value)]
    for number in dict.fromkeys(removed):
        if number < len(handles):
            handles[number].remove()
            log.append(f"hook {number} is removed")
            results.append(package(value))
    _add(package, late, _logged(f"the late {late}-hook", "mark", log))
    results.append(package(value))
    return {"results": results, "log": log}


@Package.also()
def hooks_removed_during_the_run(
    submission: Any,
    programs: Any = integers(1, 3),
    hooks: Any = lists_of(tuples_of(choices("pre", "post"), choices("stay", "once", "until the next")), 1, 5),
    value: Any = _VALUES,
) -> Any:
    log: list[str] = []
    package = submission.Package(_programs(programs, log))
    handles: dict[int, Any] = {}

    def remove(number: int) -> None:
        if number in handles:
            handles.pop(number).remove()

    def hook_of(number: int, kind: str, life: str) -> Callable[[Any], Any]:
        # A hook of the same kind that ran just before this one, and is to go when this one runs.
        before = [n for n in range(number) if hooks[n] == (kind, "until the next")]

        def hook(value: Any) -> Any:
            log.append(f"{kind}-hook {number} sees {value!r}")
            for earlier in before:
                remove(earlier)
            if life == "once":
                remove(number)
            return None if number % 2 else f"h{number}({value!r})"

        return hook

    for number, (kind, life) in enumerate(hooks):
        handles[number] = _add(package, kind, hook_of(number, kind, life))
    return {"results": [package(value), package(value)], "log": log}


@Package.also(examples=20)
def one_function_added_twice(submission: Any, kind: Any = choices("pre", "post"), value: Any = _VALUES) -> Any:
    log: list[str] = []
    package, other = submission.Package(_programs(2, log)), submission.Package(_programs(1, log))
    hook = _logged("the hook", "mark", log)
    first, second = _add(package, kind, hook), _add(package, kind, hook)
    results = [package(value), other(value)]
    first.remove()
    results.append(package(value))
    second.remove()
    return {"results": [*results, package(value)], "log": log}


class _Alike:
    """A hook that equals every other of its class, as bound methods of equal objects do."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def __call__(self, value: Any) -> str:
        return f"{self.mark}({value!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Alike)

    def __hash__(self) -> int:
        return 1


@Package.also(examples=40)
def the_hook_of_the_handle_goes(
    submission: Any,
    kind: Any = choices("pre", "post"),
    marks: Any = lists_of(choices("a", "b", "c"), 2, 4),
    which: Any = integers(0, 3),
    equal: Any = choices("equal objects", "one function twice"),
    value: Any = _VALUES,
) -> Any:
    package = submission.Package(_programs(2, []))
    functions = {mark: _Alike(mark).__call__ for mark in "abc"}
    hooks = [_Alike(mark) if equal == "equal objects" else functions[mark] for mark in marks]
    handles = [_add(package, kind, hook) for hook in hooks]
    results = [package(value)]
    handles.pop(which % len(handles)).remove()
    results.append(package(value))
    handles.pop().remove()
    return [*results, package(value)]


# capture_activations ----------------------------------------------------------------------------------------------

_INPUT = tensors("n d", "float32", low=-2, high=2, gradient=False, sizes={"n": (2, 3), "d": (1, 3)})
_LAYERS = ("Linear", "ReLU", "BatchNorm1d", "Dropout", "Identity")
_MODEL = modules("d", outputs="k", kinds=_LAYERS, depth=1, modes=True)


def _submodules(model: Any) -> list[str]:
    """Return the names of all submodules that a forward calls: lists and dicts of modules only hold others."""
    held = (nn.ModuleList, nn.ModuleDict)
    return [name for name, module in model.named_modules() if name and not isinstance(module, held)]


def _chosen(model: Any, picks: Any) -> list[str]:
    names = _submodules(model)
    return list(dict.fromkeys(names[pick % len(names)] for pick in picks))


def _work_in_place(model: Any) -> None:
    for module in model.modules():
        if isinstance(module, nn.ReLU):
            module.inplace = True


def _on_all_modules(model: nn.Module) -> dict[str, int]:
    """Return the hooks that hang on all modules there are, of whatever model."""
    return {place: count for place, count in hooks_on(model).items() if place.startswith("all modules")}


class _Witness(nn.Module):
    """Notes which hooks hang on all modules while it runs, and passes its input on."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[dict[str, int]] = []

    def forward(self, x: Any) -> Any:
        if _on_all_modules(self):  # who works on a copy of the model leaves this one alone
            self.seen.append(_on_all_modules(self))
        return x


class _Failing(nn.Module):
    """Raises after so many calls."""

    def __init__(self, calls: int = 0) -> None:
        super().__init__()
        self.calls = calls

    def forward(self, x: Any) -> Any:
        self.calls -= 1
        if self.calls < 0:
            raise ArithmeticError("the model fails")
        return x


@exercise(
    points=3,
    examples=60,
    hints=[
        "model.get_submodule(name) or dict(model.named_modules()) finds a module; look up all names first.",
        "Copy the output at once: output.detach().clone(). The next layer may work in place.",
        "Remove your own handles in `finally`, and no others.",
    ],
)
def capture_activations(
    submission: Any,
    x: Any = _INPUT,
    model: Any = _MODEL,
    picks: Any = lists_of(integers(0, 9), 1, 4),
    in_place: Any = booleans(),
) -> Any:
    model = build(model)
    if in_place:
        _work_in_place(model)
    others = Bystanders(model)
    names = _chosen(model, picks)
    activations = submission.capture_activations(model, names, x.clone())
    once = dict(others.counts)
    model.eval()
    model(x.clone())
    return {
        "activations": activations,
        "runs of other hooks": once,
        "runs after one more forward": others.counts,
        "hooks left": hooks_on(model),
    }


# A module called twice, with others between that work in place.
@capture_activations.also(examples=30)
def activations_of_a_module_called_twice(
    submission: Any,
    x: Any = _INPUT,
    twice: Any = choices("Linear", "ReLU", "Identity"),
    seed: Any = integers(0, 99),
) -> Any:
    width = x.shape[1]
    layer = {"kind": "Linear", "in_features": width, "out_features": width, "bias": True}
    relu = {"kind": "ReLU", "attributes": {"inplace": True}}
    first = {**{"Linear": layer, "ReLU": relu, "Identity": {"kind": "Identity"}}[twice], "id": 0}
    children = [["first", first], ["fc", layer], ["act", relu], ["again", {"kind": "Shared", "of": 0}], ["out", relu]]
    model = build({"kind": "Block", "children": children, "seed": seed})
    return submission.capture_activations(model, ["act", "first", "fc"], x.clone())


@capture_activations.also(examples=10)
def activations_by_hooks_of_the_model(submission: Any, x: Any = _INPUT) -> Any:
    model = nn.Sequential(nn.Tanh(), _Witness(), nn.Sigmoid())
    activations = submission.capture_activations(model, ["0", "2"], x)
    return {"activations": activations, "hooks on all modules meanwhile": model[1].seen}


@capture_activations.also(examples=30)
def activations_of_a_model_that_raises(
    submission: Any, x: Any = _INPUT, model: Any = _MODEL, picks: Any = lists_of(integers(0, 9), 1, 4)
) -> Any:
    capture = submission.capture_activations
    model = build(model)
    names = _chosen(model, picks)
    model.add_module("failing", _Failing())
    others = Bystanders(model)
    error = raised(lambda: capture(model, names, x), "ArithmeticError")
    return {**error, "hooks left": hooks_on(model), "runs of other hooks": others.counts}


@capture_activations.also(examples=30)
def activations_of_an_unknown_name(
    submission: Any,
    x: Any = _INPUT,
    model: Any = _MODEL,
    picks: Any = lists_of(integers(0, 9), 0, 3),
    place: Any = integers(0, 3),
    unknown: Any = choices("nowhere", "fc.missing", "0.0.0.0", "weight"),
) -> Any:
    capture = submission.capture_activations
    model = build(model)
    names = _chosen(model, picks)
    names.insert(place, unknown)
    others = Bystanders(model)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    error = raised(lambda: capture(model, names, x), "KeyError")
    same = {name: torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items()}
    return {**error, "hooks left": hooks_on(model), "runs of other hooks": others.counts, "state as before": same}


# capture_gradients ------------------------------------------------------------------------------------------------

_DIFFERENTIABLE = ("Linear", "ReLU", "BatchNorm1d", "Tanh", "Identity")


@exercise(
    points=3,
    examples=60,
    rtol=1e-4,
    atol=1e-5,
    requires_grad="off",
    hints=[
        "A leaf module is one without children; register_full_backward_hook on each.",
        "A layer without parameters at the beginning sees a gradient only if x itself requires grad: use a leaf copy.",
        "backward() would add to every parameter's .grad. torch.autograd.grad(loss, x) does not.",
    ],
)
def capture_gradients(
    submission: Any,
    x: Any = _INPUT,
    model: Any = modules("d", outputs="k", kinds=_DIFFERENTIABLE, depth=1, shared=False),
    earlier: Any = booleans(),
) -> Any:
    model = build(model)
    if earlier:
        for number, parameter in enumerate(model.parameters()):
            if parameter.requires_grad and number % 3 < 2:
                parameter.grad = torch.full_like(parameter, number + 1.0)
    Bystanders(model)
    gradients = submission.capture_gradients(model, x)
    return {
        "gradients": gradients,
        "gradients of the parameters": {name: p.grad for name, p in model.named_parameters()},
        "parameters that require grad": {name: p.requires_grad for name, p in model.named_parameters()},
        "hooks left": hooks_on(model),
    }


@capture_gradients.also(examples=10, rtol=1e-4, atol=1e-5, requires_grad="off")
def gradients_by_hooks_of_the_model(submission: Any, x: Any = _INPUT) -> Any:
    model = nn.Sequential(nn.Tanh(), _Witness(), nn.Sigmoid())
    gradients = submission.capture_gradients(model, x)
    return {"gradients": gradients, "hooks on all modules meanwhile": model[1].seen}


# The model itself is the only leaf. By what name it goes is left open: torch's own is the empty one.
@capture_gradients.also(examples=20, rtol=1e-4, atol=1e-5, requires_grad="off")
def gradients_of_a_single_layer(
    submission: Any, x: Any = _INPUT, kind: Any = choices("Linear", "Tanh", "Identity")
) -> Any:
    layers = {"Linear": nn.Linear(x.shape[1], 2), "Tanh": nn.Tanh(), "Identity": nn.Identity()}
    model = layers[kind]
    model.register_full_backward_hook(lambda *_: None)
    gradients = submission.capture_gradients(model, x)
    return {"gradients": list(gradients.values()), "hooks left": hooks_on(model)}


# record_call ------------------------------------------------------------------------------------------------------


class _OfTwo(nn.Module):
    """A module with two inputs and a weight."""

    def __init__(self, kind: str, dtype: Any = None) -> None:
        super().__init__()
        self.kind = kind
        self.weight = nn.Parameter(torch.tensor(1.5, dtype=dtype))

    def forward(self, x1: Any, x2: Any) -> Any:
        if self.kind == "second":
            return x2
        return {"sum": x1 + x2, "product": x1 * self.weight - x2, "first": x1}[self.kind]


_TWO = choices("product", "sum", "first", "second")


@exercise(
    points=2,
    requires_grad="off",
    gradients="off",
    hints=[
        "A pre-hook gets (module, args), and args is a tuple: extend the list with it.",
        "A forward hook gets (module, args, output).",
        "The handle is one object with remove(), which removes both of your hooks and nothing else.",
    ],
)
def record_call(
    submission: Any,
    x1: Any = tensors("n d"),
    x2: Any = tensors("n d"),
    kind: Any = _TWO,
    keep: Any = booleans(),
    replaced: Any = booleans(),
) -> Any:
    module = _OfTwo(kind, x1.dtype)
    others = Bystanders(module)
    result = submission.record_call(module)
    if not isinstance(result, tuple | list) or len(result) != 2:
        return result
    calls, handle = result
    later = Bystanders(module)
    if replaced:  # by a hook that runs after the recording one: x1 is what the caller gave
        module.register_forward_pre_hook(lambda _, inputs: (inputs[0] * 2 + 1, *inputs[1:]))
    if keep:
        handle.remove()
    output = module(x1, x2)
    recorded, on_all = list(calls), _on_all_modules(module)
    nn.Bilinear(1, 1, 1)(torch.ones(1, 1), torch.ones(1, 1))  # another module of two inputs
    others_recorded = len(calls) - len(recorded)
    handle.remove()
    module(x2, x1)
    return {
        "recorded": recorded,
        "recorded of another module": others_recorded,
        "hooks on all modules": on_all,
        "recorded after removal": len(calls) - others_recorded,
        "output": output,
        "output requires grad": output.requires_grad,
        "hooks left": hooks_on(module),
        "runs of other hooks": [others.counts, later.counts],
    }


# add_five ---------------------------------------------------------------------------------------------------------


@exercise(
    points=1,
    hints=["What a forward hook returns replaces the output; None leaves it.", "Make a new tensor: output + 5."],
)
def add_five(
    submission: Any,
    x1: Any = tensors("...", "number", rank=(0, 4)),
    x2: Any = tensors("...", "number"),
    kind: Any = _TWO,
) -> Any:
    module = _OfTwo(kind)
    module.weight.requires_grad_(False)
    handle = module.register_forward_hook(submission.add_five)
    hooked = module(x1, x2)
    handle.remove()
    return {"with the hook": hooked, "without": module(x1, x2)}


@add_five.also(examples=30)
def add_five_twice(
    submission: Any, x: Any = tensors("n d", sizes={"d": (1, 4)}), in_the_middle: Any = booleans()
) -> Any:
    model = nn.Sequential(nn.Sigmoid(), nn.Tanh())
    model[0].register_forward_hook(submission.add_five)
    (model if in_the_middle else model[0]).register_forward_hook(submission.add_five)
    return model(x)


# unit_gradients ---------------------------------------------------------------------------------------------------


class _Weighted(nn.Module):
    """a x1 + b x2 + c x1 x2, or the plain sum, whose two gradients are one tensor."""

    def __init__(self, a: float, b: float, c: float, plain: bool, dtype: Any) -> None:
        super().__init__()
        self.a = nn.Parameter(torch.tensor(a, dtype=dtype))
        self.b, self.c, self.plain = b, c, plain

    def forward(self, x1: Any, x2: Any) -> Any:
        if self.plain:
            return x1 + x2
        return self.a * x1 + self.b * x2 + self.c * x1 * x2


_ONE = derived(lambda earlier: tensors(earlier.shape, "floating", low=0.25, high=2, gradient=False))


@exercise(
    points=2,
    hints=[
        "grad_input is a tuple with one gradient, or None, for each positional input; return a tuple like it.",
        "Add up the ones that are not None, then divide each by that sum.",
        "Divide into new tensors: the two gradients may be one and the same tensor.",
    ],
)
def unit_gradients(
    submission: Any,
    shape: Any = choices("1", "", "1 1"),
    x1: Any = _ONE,
    x2: Any = _ONE,
    weights: Any = tuples_of(choices(1.0, -1.0, -0.5, 2.0), choices(5.0, 4.0), choices(0.0, 0.25)),
    plain: Any = booleans(),
    needed: Any = choices("both", "first", "second", "none"),
    scale: Any = choices(1.0, 3.0, -0.5),
) -> Any:
    module = _Weighted(*weights, plain and needed != "none", x1.dtype)
    x1, x2 = (x.clone().requires_grad_(needed in ("both", name)) for x, name in ((x1, "first"), (x2, "second")))
    module.register_full_backward_hook(submission.unit_gradients)
    (module(x1, x2) * scale).sum().backward()
    return {"x1": x1.grad, "x2": x2.grad, "parameter": module.a.grad}


# Called as torch calls it: what a hook returns for an input that needs no gradient is nowhere else to be seen.
@unit_gradients.also(examples=40)
def unit_gradients_called_directly(
    submission: Any,
    shape: Any = choices("1", "", "1 1"),
    first: Any = _ONE,
    second: Any = _ONE,
    sign: Any = choices(1.0, -4.0),
    needed: Any = choices("both", "first", "second"),
) -> Any:
    module = _Weighted(1.0, 1.0, 0.5, False, first.dtype)
    given = (first if needed != "second" else None, second * (8 * sign) if needed != "first" else None)
    return submission.unit_gradients(module, given, (torch.ones_like(first),))


# record_weight_gradient -------------------------------------------------------------------------------------------


@exercise(
    points=1,
    requires_grad="off",
    hints=["parameter.register_hook(f) calls f with each gradient as it is computed.", "list.append returns None."],
)
def record_weight_gradient(
    submission: Any,
    value: Any = tensors("n d", gradient=False),
    factors: Any = lists_of(tensors("n d", gradient=False), 0, 3),
    removed: Any = integers(0, 3),
) -> Any:
    parameter = nn.Parameter(value.clone())
    result = submission.record_weight_gradient(parameter)
    if not isinstance(result, tuple | list) or len(result) != 2:
        return result
    collected, handle = result
    lengths = []
    for number, factor in enumerate(factors):
        if number == removed:
            handle.remove()
        (parameter * parameter * factor).sum().backward()
        lengths.append(len(collected))
    # At the end: a gradient that was not copied may be .grad itself, to which later ones were added in place.
    return {
        "collected": [gradient.clone() for gradient in collected],
        "lengths": lengths,
        "gradient": parameter.grad,
        "value": parameter.detach(),
    }


# scale_input ------------------------------------------------------------------------------------------------------

_FACTORS = choices(2, 3, 0.5, -1, 0, 1.5)


@exercise(
    points=2,
    hints=[
        "A forward pre-hook gets (module, args); what it returns replaces the inputs.",
        "Return all of them: (args[0] * factor, *args[1:]).",
    ],
)
def scale_input(
    submission: Any,
    x1: Any = tensors("n d"),
    x2: Any = tensors("n d"),
    kind: Any = _TWO,
    factors: Any = lists_of(_FACTORS, 1, 3),
    removed: Any = integers(0, 2),
    by_name: Any = booleans(),
) -> Any:
    module = _OfTwo(kind, x1.dtype)
    module.weight.requires_grad_(False)
    others = Bystanders(module)

    def call() -> Any:
        return module(x1, x2=x2) if by_name else module(x1, x2)

    handles = [submission.scale_input(module, factor) for factor in factors]
    on_all = _on_all_modules(module)
    results = [call()]
    handles.pop(removed % len(handles)).remove()
    results.append(call())
    for handle in handles:
        handle.remove()
    return {
        "results": [*results, call()],
        "hooks on all modules": on_all,
        "hooks left": hooks_on(module),
        "runs of other hooks": others.counts,
    }


@scale_input.also(examples=30)
def scale_the_only_input(
    submission: Any,
    x: Any = tensors("n d", "float32", low=-2, high=2, sizes={"d": (1, 3)}),
    factor: Any = _FACTORS,
    model: Any = modules("d", outputs="k", kinds=("Linear", "ReLU", "Tanh"), depth=1),
) -> Any:
    model = build(model)
    model.requires_grad_(False)
    submission.scale_input(model, factor)
    submission.scale_input(model[0] if isinstance(model, nn.Sequential) else model, 2)
    return model(x)


# clip_gradients ---------------------------------------------------------------------------------------------------


@exercise(
    points=2,
    examples=60,
    requires_grad="off",
    hints=[
        "A tensor hook that returns a tensor replaces the gradient: gradient.clamp(-limit, limit).",
        "A parameter that does not require grad takes no hook.",
        "Tensor hooks run before the gradient is added to .grad; hooks 'post accumulate' run after.",
    ],
)
def clip_gradients(
    submission: Any,
    x: Any = _INPUT,
    model: Any = modules("d", outputs="k", kinds=("Linear", "ReLU", "BatchNorm1d"), depth=1),
    limit: Any = choices(0.5, 1, 0.25, 2.0, 0.0),
    stale: Any = booleans(),
) -> Any:
    model = build(model)
    trainable = {name: p for name, p in model.named_parameters() if p.requires_grad}
    others = Bystanders(model)
    handles = submission.clip_gradients(model, limit)
    on_all = _on_all_modules(model)
    for number, parameter in enumerate(trainable.values()):
        if stale:
            parameter.grad = torch.full_like(parameter, 3.0 * number)
    steps = []
    for factor in (1.0, -0.375):
        (model(x) * factor).sum().backward()
        steps.append({name: p.grad.clone() for name, p in trainable.items()})
    for handle in handles:
        handle.remove()
    (model(x) * 4).sum().backward()
    return {
        "after each backward": steps,
        "after removal": {name: p.grad for name, p in trainable.items()},
        "hooks on all modules": on_all,
        "hooks left": hooks_on(model),
        "runs of other hooks": others.counts["gradients"],
    }


class _Added(nn.Module):
    """A sum whose backward gives one and the same gradient to a parameter, to a product and to x."""

    def __init__(self, first: Any, second: Any, factor: float) -> None:
        super().__init__()
        self.first, self.second, self.factor = nn.Parameter(first.clone()), nn.Parameter(second.clone()), factor

    def forward(self, x: Any) -> Any:
        return (self.first * self.factor + x * 0.5) + self.second


@clip_gradients.also(examples=30, requires_grad="off")
def gradients_that_others_see_too(
    submission: Any,
    first: Any = tensors("n d", "floating", low=-4, high=4, gradient=False),
    second: Any = tensors("n d", low=-4, high=4, gradient=False),
    x: Any = tensors("n d", low=-4, high=4, gradient=False),
    weights: Any = tensors("n d", low=-4, high=4, gradient=False),
    factor: Any = choices(0.25, -0.5, 2.0),
) -> Any:
    model, x = _Added(first, second, factor), leaf(x)
    submission.clip_gradients(model, 1.0)
    model(x).backward(weights)
    return {"first": model.first.grad, "second": model.second.grad, "x": x.grad}


# GradientAlarm ----------------------------------------------------------------------------------------------------

_NAMES = ("weight", "10_weight", "2_weight", "bias", "Weight", "a", "z")


class _Bag(nn.Module):
    """Parameters by name; the gradient of each is what forward gets for it."""

    def __init__(self, names: Any, frozen: Any) -> None:
        super().__init__()
        for number, name in enumerate(names):
            holder = self if number % 2 else nn.Module()
            if holder is not self:
                self.add_module(f"m{name}", holder)
            holder.register_parameter(name, nn.Parameter(torch.ones(3), requires_grad=name not in frozen))

    def forward(self, start: Any, gradients: Any) -> Any:
        total = start
        for parameter, gradient in zip(self.parameters(), gradients, strict=False):
            if gradient is not None:
                total = total + (parameter * torch.tensor(gradient)).sum()
        return total


_GRADIENT = choices([3.0, 4.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, -1.0], [6.0, -8.0, 0.0], [4.0, 4.0, 4.0], None)
_ROUND = lists_of(_GRADIENT, 3, 5)


@exercise(
    points=3,
    examples=80,
    hints=[
        "Register a tensor hook on every trainable parameter in __enter__ and keep the handles.",
        "The hook gets the gradient of this backward alone; .grad may hold earlier ones too.",
        "A new backward starts a new list: model.register_full_backward_pre_hook tells when one begins.",
    ],
)
def GradientAlarm(
    submission: Any,
    names: Any = choices(*[list(_NAMES[start:] + _NAMES[:start])[:5] for start in range(7)]),
    frozen: Any = booleans(),
    threshold: Any = choices(5.0, 0.0, 6, 1.0, 10.0),
    rounds: Any = lists_of(_ROUND, 1, 3),
) -> Any:
    model = _Bag(names, names[:1] if frozen else ())
    others = Bystanders(model)
    start = torch.zeros((), requires_grad=True)
    fired = []
    with submission.GradientAlarm(model, threshold) as alarm:
        fired.append(list(alarm.fired))
        for gradients in rounds:
            # A backward that reaches no parameter at all is beyond what tensor hooks can see.
            nowhere = gradients[0] is None and gradients[1] is None
            model(start, [[0.0, 1.0, 0.0], *gradients[1:]] if nowhere else gradients).backward()
            fired.append(list(alarm.fired))
        on_all = _on_all_modules(model)
    left = hooks_on(model)
    model(start, [[100.0, 0.0, 0.0]] * 5).backward()
    return {
        "fired": fired,
        "fired at the end": list(alarm.fired),
        "hooks on all modules": on_all,
        "hooks left": left,
        "gradients": {name: p.grad for name, p in model.named_parameters()},
        "runs of other hooks": others.counts,
    }


@GradientAlarm.also(examples=25)
def alarm_for_one_graph_twice(
    submission: Any,
    gradients: Any = lists_of(choices([3.0, 4.0, 0.0], [6.0, -8.0, 0.0], [1.0, 0.0, 0.0]), 3, 3),
    scale: Any = choices(0.125, 0.5, 2.0, 1.0),
) -> Any:
    model = _Bag(["c", "b", "a"], ())
    with submission.GradientAlarm(model, 4.0) as alarm:
        total = model(torch.zeros((), requires_grad=True), gradients)
        total.backward(retain_graph=True)
        first = list(alarm.fired)
        total.backward(torch.tensor(scale))
        return {"first": first, "second": list(alarm.fired)}


@GradientAlarm.also(examples=20)
def alarm_when_the_block_raises(
    submission: Any,
    gradients: Any = lists_of(choices([3.0, 4.0, 0.0], [1.0, 0.0, 0.0]), 3, 3),
    before: Any = booleans(),
) -> Any:
    model = _Bag(["c", "b", "a"], ())
    others = Bystanders(model)
    alarm = submission.GradientAlarm(model, 4.0)

    def work() -> None:
        with alarm:
            if not before:
                model(torch.zeros((), requires_grad=True), gradients).backward()
            raise ArithmeticError("the training fails")

    error = raised(work, "ArithmeticError")
    fired = None if before else list(alarm.fired)  # what it is before any backward is left open
    return {**error, "fired": fired, "hooks left": hooks_on(model), "runs of other hooks": others.counts}
