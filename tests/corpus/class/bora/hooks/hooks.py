from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Any, Callable


@dataclass(eq=False)
class _Hook:
    call: Callable[[Any], Any]
    home: list = field(repr=False)

    def __call__(self, value):
        new = self.call(value)
        return value if new is None else new

    def remove(self):
        if self in self.home:
            self.home.remove(self)


class Package:
    def __init__(self, programs) -> None:
        self._programs = tuple(programs)
        self._pre: list[_Hook] = []
        self._post: list[_Hook] = []
        self.add_pre_hook = partial(self._add, self._pre)
        self.add_hook = partial(self._add, self._post)

    @staticmethod
    def _add(home, f):
        home.append(_Hook(f, home))
        return home[-1]

    def _step(self, value, program):
        value = reduce(lambda v, hook: hook(v), self._pre[:], value)
        return reduce(lambda v, hook: hook(v), self._post[:], program(value))

    def __call__(self, x):
        return reduce(self._step, self._programs, x)


import torch
from torch import Tensor, nn


class Recorder:
    def __init__(self, modules: dict[str, nn.Module]) -> None:
        self.modules, self.values, self.handles = modules, {}, []

    def __enter__(self):
        for name, module in self.modules.items():
            self.handles.append(module.register_forward_hook(self.hook(name)))
        return self

    def __exit__(self, *error):
        while self.handles:
            self.handles.pop().remove()

    def hook(self, name):
        def f(module, inputs, output) -> None:
            self.values[name] = torch.empty_like(output).copy_(output).detach()

        return f


def capture_activations(model: nn.Module, names: list[str], x: Tensor) -> dict[str, Tensor]:
    known = {name: module for name, module in model.named_modules(remove_duplicate=False)}
    with Recorder({name: known[name] for name in names}) as recorder:
        model(x)
    return recorder.values


import copy


def capture_gradients(model, x):
    twin = copy.deepcopy(model)
    result = {}
    for name, module in twin.named_modules():
        if not any(True for _ in module.children()):
            module.register_full_backward_hook(
                lambda module, grad_input, grad_output, name=name: result.update({name: grad_output[0]})
            )
    x = x.detach().clone()
    x.requires_grad = True
    twin(x).sum().backward()
    return result


from types import SimpleNamespace


def record_call(module):
    seen = []

    def before(_, inputs):
        x1, x2 = inputs
        seen.append(x1)
        seen.append(x2)

    a = module.register_forward_pre_hook(before)
    b = module.register_forward_hook(lambda _, inputs, out: seen.append(out))

    def remove():
        a.remove()
        b.remove()

    return seen, SimpleNamespace(remove=remove)


import torch


def add_five(module: torch.nn.Module, args: tuple, output: torch.Tensor) -> torch.Tensor:
    return output.add(5)


def unit_gradients(module, grad_input, grad_output):
    total = sum(g.sum() for g in grad_input if g is not None)
    return tuple(None if g is None else g / total for g in grad_input)


import torch


def record_weight_gradient(parameter: torch.nn.Parameter):
    collected: list[torch.Tensor] = []

    def collect(grad: torch.Tensor) -> None:
        collected.append(grad.detach().clone())

    return collected, parameter.register_hook(collect)


def scale_input(module, factor):
    def hook(module, args, kwargs):
        args = list(args)
        args[0] = factor * args[0]
        return tuple(args), kwargs

    return module.register_forward_pre_hook(hook, with_kwargs=True)


import torch


def clip_gradients(model, limit):
    def clip(grad):
        return torch.clip(grad, min=-limit, max=limit)

    handles = []
    for _, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        handles.append(parameter.register_hook(clip))
    return handles


import bisect

import torch


class GradientAlarm:
    def __init__(self, model: torch.nn.Module, threshold: float) -> None:
        self.named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        self.threshold = threshold
        self.fired: list[str] = []
        self._task = None
        self._handles: list = []

    def _seen(self, name: str, grad: torch.Tensor) -> None:
        task = torch._C._current_graph_task_id()
        if task != self._task:
            self._task, self.fired = task, []
        if torch.linalg.vector_norm(grad).item() > self.threshold and name not in self.fired:
            bisect.insort(self.fired, name)

    def __enter__(self) -> "GradientAlarm":
        for name, p in self.named:
            self._handles.append(p.register_hook(lambda grad, name=name: self._seen(name, grad)))
        return self

    def __exit__(self, kind, error, trace) -> None:
        while self._handles:
            self._handles.pop().remove()
