"""Checks of the assignment autograd: gradients by hand, functions of your own, steps, Jacobians, evaluation."""

from collections.abc import Callable
from typing import Any

import torch

from grader.authoring import (
    booleans,
    build,
    choices,
    comes_from_function,
    derived,
    exercise,
    gradients,
    integers,
    is_autograd_function,
    iterable,
    leaf,
    lists_of,
    modules,
    raised,
    tensors,
    tuples_of,
)

# two_layer_grads --------------------------------------------------------------------------------------------------

_HINTS = [
    "Name every step: h = x w1, a = relu(h), error = a w2 - y. The gradient of the loss by error is 2 error.",
    "For C = A B with gradient G: the gradient by A is G Bᵀ, that by B is Aᵀ G. Check the shapes.",
    "The relu lets the gradient through where h > 0 and stops it where h is 0 or negative.",
]


@exercise(
    points=3,
    bans=["torch.autograd", "torch.func", "torch.Tensor.grad_fn"],
    rtol=1e-4,  # float32: long sums of products that cancel lose digits, in another order others
    hints=_HINTS,
)
def two_layer_grads(
    submission: Any,
    x: Any = tensors("n i", gradient=False),
    y: Any = tensors("n o", gradient=False),
    w1: Any = tensors("i h", gradient=False),
    w2: Any = tensors("h o", gradient=False),
) -> Any:
    return submission.two_layer_grads(x, y, w1, w2)


# Often -1, 0 and 1: many of the hidden values are exactly 0, where the relu's gradient is 0. All elements are whole
# numbers or quarters, so that a hidden value is 0 in whatever order it is summed.
@two_layer_grads.also(rtol=1e-4)
def hidden_values_of_zero(
    submission: Any,
    x: Any = tensors("n i", gradient=False, low=-1, ties=True, min_size=1),
    y: Any = tensors("n o", gradient=False, low=-2, ties=True, min_size=1),
    w1: Any = tensors("i h", gradient=False, low=-1, ties=True, min_size=1),
    w2: Any = tensors("h o", gradient=False, low=-2, ties=True, min_size=1),
) -> Any:
    return submission.two_layer_grads(x, y, w1, w2)


# The tolerance above is float32's. In float64 the reference's own rounding is near 1e-13: what is further away was
# computed in float32 on the way.
@two_layer_grads.also(examples=20, rtol=1e-9, atol=1e-9)
def every_digit_of_float64(
    submission: Any,
    x: Any = tensors("n i", "float64", low=-4, high=4, gradient=False, min_size=1),
    y: Any = tensors("n o", "float64", low=-4, high=4, gradient=False, min_size=1),
    w1: Any = tensors("i h", "float64", low=-4, high=4, gradient=False, min_size=1),
    w2: Any = tensors("h o", "float64", low=-4, high=4, gradient=False, min_size=1),
) -> Any:
    return submission.two_layer_grads(x, y, w1, w2)


# ReLU -------------------------------------------------------------------------------------------------------------


@exercise(
    points=3,
    hints=[
        "forward and backward are static methods; ctx.save_for_backward keeps what backward needs.",
        "backward gets the gradient of the output and returns the gradient of x: the same where x > 0, 0 elsewhere.",
        "Work on new tensors: x and the gradient that backward gets belong to others.",
    ],
)
def ReLU(submission: Any, x: Any = tensors("...", rank=(0, 4), ties=True)) -> Any:
    return {"is a Function": is_autograd_function(submission.ReLU), "output": submission.ReLU.apply(x)}


@ReLU.also(examples=20)
def relu_of_whole_numbers(submission: Any, x: Any = tensors("...", "int64", rank=(0, 3))) -> Any:
    return submission.ReLU.apply(x)


@ReLU.also(requires_grad="off")
def relu_gradients(
    submission: Any,
    x: Any = tensors("...", rank=(0, 3), ties=True, gradient=False),
    weights: Any = tensors("...", gradient=False),
    again: Any = tensors("...", gradient=False),
) -> Any:
    x, weights = leaf(x), leaf(weights)
    output = submission.ReLU.apply(x)
    (first,) = gradients(output, [x], weights, create_graph=True)
    second = gradients(first, [x, weights], again)
    return {
        "by a Function": comes_from_function(output),
        "gradient": first,
        "second gradient by x": second[0],
        "second gradient by the gradient of the output": second[1],
    }


@ReLU.also(examples=40, requires_grad="off")
def relu_inside_a_graph(
    submission: Any,
    x: Any = tensors("n d", ties=True, gradient=False),
    other: Any = tensors("d m", ties=True, gradient=False),
    beside: Any = tensors("n d", gradient=False),
) -> Any:
    apply = submission.ReLU.apply
    x, other, beside = leaf(x), leaf(other), leaf(beside)
    hidden = x * 1.5
    first = apply(hidden) + beside  # the sum gives one gradient to both
    second = apply(apply(first) @ other - 0.5)
    total = second.sum() + (hidden * hidden).sum()
    return {"total": total, "gradients": torch.autograd.grad(total, [x, other, beside])}


# StraightThroughSign ----------------------------------------------------------------------------------------------


@exercise(
    points=2,
    hints=[
        "torch.sign gives 0 at 0, where this function gives 1: torch.where(x >= 0, ...).",
        "backward does not differentiate sign at all: it passes the gradient on where |x| <= 1, bounds included.",
    ],
)
def StraightThroughSign(submission: Any, x: Any = tensors("...", rank=(0, 4), ties=True)) -> Any:
    cls = submission.StraightThroughSign
    return {"is a Function": is_autograd_function(cls), "output": cls.apply(x)}


@StraightThroughSign.also(examples=20)
def sign_of_whole_numbers(submission: Any, x: Any = tensors("...", "int64", rank=(0, 3))) -> Any:
    return submission.StraightThroughSign.apply(x)


@StraightThroughSign.also(requires_grad="off")
def sign_gradients(
    submission: Any,
    x: Any = tensors("...", rank=(0, 3), low=-2, high=2, gradient=False),
    weights: Any = tensors("...", gradient=False),
) -> Any:
    x = leaf(x)
    output = submission.StraightThroughSign.apply(x)
    return {"by a Function": comes_from_function(output), "gradient": gradients(output, [x], weights)[0]}


@StraightThroughSign.also(examples=40, requires_grad="off")
def sign_inside_a_graph(
    submission: Any,
    x: Any = tensors("n d", low=-2, high=2, gradient=False),
    w: Any = tensors("d m", low=-2, high=2, gradient=False),
    beside: Any = tensors("n d", gradient=False),
) -> Any:
    apply = submission.StraightThroughSign.apply
    x, w, beside = leaf(x), leaf(w), leaf(beside)
    product = (apply(x) + beside) @ apply(w)
    total = (product * product).sum()
    return {"total": total, "gradients": torch.autograd.grad(total, [x, w, beside])}


# accumulated_step -------------------------------------------------------------------------------------------------

_OPTIMIZERS: dict[str, Callable[[Any], Any]] = {
    "SGD": lambda parameters: torch.optim.SGD(parameters, lr=0.125),
    "momentum": lambda parameters: torch.optim.SGD(parameters, lr=0.125, momentum=0.5),
    # With its usual eps, Adam would turn the rounding of a gradient of 0 into a step.
    "Adam": lambda parameters: torch.optim.Adam(parameters, lr=0.125, eps=0.1),
}


def _lopsided(prediction: Any, target: Any) -> Any:
    """A mean loss whose arguments cannot be swapped."""
    return ((prediction - target) ** 2 * (1 + target**2)).mean()


_LOSSES: dict[str, Any] = {
    "mse": torch.nn.functional.mse_loss,
    "module": torch.nn.SmoothL1Loss(),
    "lopsided": _lopsided,
}

_ROWS = tensors("~b d", low=-2, high=2, gradient=False, layout="contiguous", sizes={"~b": (1, 4), "d": (1, 3)})
_TARGETS = tensors("~b k", low=-2, high=2, gradient=False, layout="contiguous", sizes={"k": (1, 3)})
_BATCHES = lists_of(tuples_of(_ROWS, _TARGETS), 1, 3)
_KINDS = choices("list", "tuple", "iterator", "generator")
_SMOOTH = ("Linear", "Tanh")


def _state(model: Any) -> dict[str, Any]:
    return dict(model.state_dict())


@exercise(
    points=4,
    examples=50,
    rtol=1e-4,  # float32: the gradient is summed in another order than the reference's
    requires_grad="off",
    hints=[
        "Start from zero: which gradients are still there from earlier work?",
        "(loss * len(x)).backward() adds up; at the end, divide the gradients by the number of samples, or scale "
        "each loss before, if you know that number.",
        "`batches` can be read only once: batches = list(batches).",
        "optimizer.step() comes once, after the loop.",
    ],
)
def accumulated_step(
    submission: Any,
    batches: Any = _BATCHES,
    model: Any = modules("d", outputs="k", kinds=_SMOOTH, layers=(1, 2), depth=1, dtype="floating"),
    loss: Any = choices(*_LOSSES),
    optimizer: Any = choices(*_OPTIMIZERS),
    kind: Any = _KINDS,
    stale: Any = booleans(),
) -> Any:
    model = build(model)
    loss_fn = _LOSSES[loss]
    stepper = _OPTIMIZERS[optimizer](model.parameters())
    steps: list[int] = []
    stepper.register_step_post_hook(lambda *_: steps.append(1))
    if stale:
        loss_fn(model(batches[0][0]), batches[0][1]).backward()
    submission.accumulated_step(model, iterable(batches, kind), loss_fn, stepper)
    once = {name: tensor.clone() for name, tensor in _state(model).items()}
    submission.accumulated_step(model, iterable(batches[::-1], kind), loss_fn, stepper)
    return {"after one step": once, "after two": _state(model), "optimizer steps": len(steps)}


@accumulated_step.also(examples=25, rtol=1e-4, requires_grad="off")
def step_of_outside_parameters(
    submission: Any,
    batches: Any = _BATCHES,
    model: Any = modules("d", outputs="k", kinds=_SMOOTH, layers=(1, 1), depth=0, dtype="floating"),
    kind: Any = _KINDS,
    stale: Any = booleans(),
) -> Any:
    model = build(model)
    dtype = batches[0][0].dtype
    scale = torch.nn.Parameter(torch.tensor(1.5, dtype=dtype))
    idle = torch.nn.Parameter(torch.tensor([1.0, 2.0], dtype=dtype))
    groups = [{"params": list(model.parameters())}, {"params": [scale, idle], "lr": 0.25}]
    stepper = torch.optim.SGD(groups, lr=0.125)
    if stale:
        (model(batches[0][0]).sum() * scale + idle.sum()).backward()
    submission.accumulated_step(
        model, iterable(batches, kind), lambda prediction, y: _lopsided(prediction * scale, y), stepper
    )
    return {"model": _state(model), "scale of the loss": scale, "not in the loss": idle}


# jacobian_rows ----------------------------------------------------------------------------------------------------


def _dependent_and_not(a: Any, b: Any) -> Callable[[Any], Any]:
    return lambda x: torch.cat([(a @ x).tanh(), b, (x * x).sum().reshape(1), x.new_full((2,), 3.0)])


def _of_parameters(a: Any, b: Any) -> Callable[[Any], Any]:
    weight = torch.nn.Parameter(b.clone())
    return lambda x: weight * 2


def _some_of_parameters(a: Any, b: Any) -> Callable[[Any], Any]:
    weight = torch.nn.Parameter(b.clone())
    return lambda x: torch.cat([weight.exp(), (a * weight.unsqueeze(1)) @ x])


def _straight_through(a: Any, b: Any) -> Callable[[Any], Any]:
    # Its differences say 0 nearly everywhere; reverse mode says a.
    def f(x: Any) -> Any:
        y = a @ x + b
        return y + (y.sign() - y).detach()

    return f


_FUNCTIONS: dict[str, Callable[[Any, Any], Callable[[Any], Any]]] = {
    "linear": lambda a, b: lambda x: a @ x + b,
    "smooth": lambda a, b: lambda x: (a @ (x * x) + b).sin(),
    "square": lambda a, b: lambda x: x**3,
    "the input itself": lambda a, b: lambda x: x,
    "a view": lambda a, b: lambda x: x[1:],
    "two copies": lambda a, b: lambda x: torch.cat([x, x * 0.5]),
    "one output": lambda a, b: lambda x: x.exp().sum().reshape(1),
    "dependent and not": _dependent_and_not,
    "constant": lambda a, b: lambda x: b.clone(),
    "parameters only": _of_parameters,
    "parameters and input": _some_of_parameters,
    "straight through": _straight_through,
}


@exercise(
    points=3,
    requires_grad="off",
    bans=[
        "torch.autograd.functional.jacobian",
        "torch.func.jacrev",
        "torch.func.jacfwd",
        "torch.func.jvp",
        "torch.func.linearize",
        "torch.autograd.forward_ad",
    ],
    hints=[
        "torch.autograd.grad(y[i], x, retain_graph=True) is row i.",
        "Work on a leaf of your own: x.detach().requires_grad_().",
        "An output that does not depend on x: allow_unused=True gives None; a y that does not require grad at all "
        "cannot even be differentiated.",
        "How many rows and columns has the result when f has no outputs, and which dtype?",
    ],
)
def jacobian_rows(
    submission: Any,
    x: Any = tensors("n", low=-3, high=3, gradient=False),
    a: Any = tensors("m n", low=-3, high=3, gradient=False),
    b: Any = tensors("m", low=-3, high=3, gradient=False),
    function: Any = choices(*_FUNCTIONS),
) -> Any:
    return submission.jacobian_rows(_FUNCTIONS[function](a, b), x)


# detached_mean_loss -----------------------------------------------------------------------------------------------

_LAYERS = ("Linear", "BatchNorm1d", "Dropout", "Tanh")
_SAMPLES = tensors("b d", low=-2, high=2, gradient=False, layout="contiguous", sizes={"b": (1, 4), "d": (1, 3)})
_LABELS = tensors("b k", low=-2, high=2, gradient=False, layout="contiguous", sizes={"k": (1, 3)})
_EQUAL = lists_of(tuples_of(_SAMPLES, _LABELS), 0, 4)
# Nothing shared: restoring by train(mode), parents first, is right wherever a module has one parent.
_EVALUATED = modules("d", outputs="k", kinds=_LAYERS, depth=1, shared=False, modes=True, dtype="floating")


class _Watch:
    """A loss function that notes whether the predictions it gets carry a graph."""

    def __init__(self, loss_fn: Any) -> None:
        self.loss_fn = loss_fn
        self.graphs = 0

    def __call__(self, prediction: Any, target: Any) -> Any:
        self.graphs += prediction.requires_grad
        return self.loss_fn(prediction, target)


def _modes(model: Any) -> dict[str, bool]:
    return {name: module.training for name, module in model.named_modules()}


@exercise(
    points=3,
    examples=60,
    rtol=1e-4,
    atol=1e-5,
    requires_grad="off",
    hints=[
        "torch.no_grad() switches the graph off, model.eval() dropout and batch statistics: you need both.",
        "model.train() at the end would also wake a BatchNorm that somebody froze: note each module's own mode first.",
        "What must happen also when the model raises belongs into `finally`.",
        "No batches: there is nothing to divide by, and the result is 0.0.",
    ],
)
def detached_mean_loss(
    submission: Any,
    batches: Any = _EQUAL,
    model: Any = _EVALUATED,
    loss: Any = choices(*_LOSSES),
    kind: Any = _KINDS,
    enabled: Any = choices(True, True, False),
) -> Any:
    model, watch = build(model), _Watch(_LOSSES[loss])
    with torch.set_grad_enabled(enabled):
        result = submission.detached_mean_loss(model, iterable(batches, kind), watch)
        after = torch.is_grad_enabled()
    return {
        # A whole number is as good a float as any: sum() of nothing is 0.
        "loss": float(result) if type(result) is int else result,
        "grad mode after": after,
        "predictions with a graph": watch.graphs,
        "modes after": _modes(model),
        "state after": _state(model),
        "gradients after": [parameter.grad for parameter in model.parameters()],
    }


class _Failing(torch.nn.Module):
    """Raises after some calls, in whatever it holds."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.calls = calls

    def forward(self, x: Any) -> Any:
        self.calls -= 1
        if self.calls < 0:
            raise ArithmeticError("the model fails")
        return x


@detached_mean_loss.also(examples=40, requires_grad="off")
def a_model_that_raises(
    submission: Any,
    batches: Any = lists_of(tuples_of(_SAMPLES, _LABELS), 1, 4),
    model: Any = _EVALUATED,
    calls: Any = integers(0, 3),
    enabled: Any = choices(True, True, False),
) -> Any:
    evaluate = submission.detached_mean_loss
    model = build(model)
    model.add_module("failing", _Failing(min(calls, len(batches) - 1)))
    model.failing.training = False
    with torch.set_grad_enabled(enabled):
        error = raised(lambda: evaluate(model, batches, torch.nn.functional.mse_loss), "ArithmeticError")
        after = torch.is_grad_enabled()
    return {**error, "grad mode after": after, "modes after": _modes(model)}
