from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

class Package:
    """Runs programs (functions of one value) one after the other, with hooks around each of them."""

    def __init__(self, programs: Iterable[Callable[[Any], Any]]) -> None:
        ### BEGIN SOLUTION
        self._programs = list(programs)
        self._pre_hooks: dict[object, Callable[[Any], Any]] = {}
        self._hooks: dict[object, Callable[[Any], Any]] = {}
        ### END SOLUTION

    def add_pre_hook(self, f: Callable[[Any], Any]) -> Any:
        """Call f with the input of each program; return a handle with remove()."""
        ### BEGIN SOLUTION
        return self._register(self._pre_hooks, f)
        ### END SOLUTION

    def add_hook(self, f: Callable[[Any], Any]) -> Any:
        """Call f with the output of each program; return a handle with remove()."""
        ### BEGIN SOLUTION
        return self._register(self._hooks, f)
        ### END SOLUTION

    def __call__(self, x: Any) -> Any:
        ### BEGIN SOLUTION
        for program in self._programs:
            x = self._through(self._hooks, program(self._through(self._pre_hooks, x)))
        return x

    @staticmethod
    def _register(hooks: dict[object, Callable[[Any], Any]], hook: Callable[[Any], Any]) -> Any:
        class Handle:
            def remove(self) -> None:
                hooks.pop(self, None)

        handle = Handle()
        hooks[handle] = hook
        return handle

    @staticmethod
    def _through(hooks: dict[object, Callable[[Any], Any]], value: Any) -> Any:
        for handle, hook in list(hooks.items()):
            if handle in hooks:
                result = hook(value)
                if result is not None:
                    value = result
        return value
        ### END SOLUTION

def capture_activations(model: nn.Module, names: Sequence[str], x: Tensor) -> dict[str, Tensor]:
    """Return {name: output} of the named submodules (names as `named_modules` gives them) in one model(x)."""
    ### BEGIN SOLUTION
    modules = dict(model.named_modules())
    chosen = {name: modules[name] for name in names}
    outputs: dict[str, Tensor] = {}

    def keep(name: str, module: nn.Module, args: Any, output: Tensor) -> None:
        outputs[name] = output.detach().clone()

    handles = [module.register_forward_hook(partial(keep, name)) for name, module in chosen.items()]
    try:
        model(x)
    finally:
        for hook in handles:
            hook.remove()
    return outputs
    ### END SOLUTION

def capture_gradients(model: nn.Module, x: Tensor) -> dict[str, Tensor]:
    """Return {name: gradient of model(x).sum() with respect to the output} of every leaf module."""
    ### BEGIN SOLUTION
    gradients: dict[str, Tensor] = {}

    def keep(name: str, module: nn.Module, grad_input: Any, grad_output: tuple[Tensor, ...]) -> None:
        gradients[name] = grad_output[0]

    leaves = [(name, module) for name, module in model.named_modules() if not list(module.children())]
    handles = [module.register_full_backward_hook(partial(keep, name)) for name, module in leaves]
    try:
        x = x.detach().requires_grad_()
        torch.autograd.grad(model(x).sum(), x)
    finally:
        for hook in handles:
            hook.remove()
    return gradients
    ### END SOLUTION

def record_call(module: nn.Module) -> tuple[list[Tensor], Any]:
    """Return (list, handle): the list is filled with x1, x2 and the output when the module is called."""
    ### BEGIN SOLUTION
    calls: list[Tensor] = []

    def before(module: nn.Module, args: tuple[Tensor, ...]) -> None:
        calls.extend(args)

    def after(module: nn.Module, args: tuple[Tensor, ...], output: Tensor) -> None:
        calls.append(output)

    class Both:
        handles = (module.register_forward_pre_hook(before), module.register_forward_hook(after))

        def remove(self) -> None:
            for hook in self.handles:
                hook.remove()

    return calls, Both()
    ### END SOLUTION

def add_five(module: nn.Module, args: tuple[Any, ...], output: Tensor) -> Tensor:
    """Make the module's result its output plus 5, and change no tensor in place."""
    ### BEGIN SOLUTION
    return output + 5
    ### END SOLUTION

def unit_gradients(
    module: nn.Module, grad_input: tuple[Tensor | None, ...], grad_output: tuple[Tensor | None, ...]
) -> tuple[Tensor | None, ...]:
    """Return the gradients of the inputs divided by their sum, None where there is none."""
    ### BEGIN SOLUTION
    total = sum(gradient for gradient in grad_input if gradient is not None)
    return tuple(None if gradient is None else gradient / total for gradient in grad_input)
    ### END SOLUTION

def record_weight_gradient(parameter: nn.Parameter) -> tuple[list[Tensor], Any]:
    """Return (list, handle): the list collects the gradient of each backward on its own, not their sum."""
    ### BEGIN SOLUTION
    gradients: list[Tensor] = []

    def keep(gradient: Tensor) -> None:
        gradients.append(gradient.clone())

    return gradients, parameter.register_hook(keep)
    ### END SOLUTION

def scale_input(module: nn.Module, factor: float) -> Any:
    """Return the handle of a pre-hook that multiplies the module's first positional input by factor."""
    ### BEGIN SOLUTION
    return module.register_forward_pre_hook(lambda module, args: (args[0] * factor, *args[1:]))
    ### END SOLUTION

def clip_gradients(model: nn.Module, limit: float) -> list[Any]:
    """Return the handles of hooks that clamp every new gradient of the model's parameters into [-limit, limit]."""
    ### BEGIN SOLUTION
    return [
        parameter.register_hook(lambda gradient: gradient.clamp(-limit, limit))
        for parameter in model.parameters()
        if parameter.requires_grad
    ]
    ### END SOLUTION

class GradientAlarm:
    """A context manager; `fired` is the sorted list of names for the latest backward, empty before the first."""

    def __init__(self, model: nn.Module, threshold: float) -> None:
        ### BEGIN SOLUTION
        self.model = model
        self.threshold = threshold
        self.fired: list[str] = []
        ### END SOLUTION

    def __enter__(self) -> "GradientAlarm":
        ### BEGIN SOLUTION
        self._handles = [self.model.register_full_backward_pre_hook(self._begin)]
        for name, parameter in self.model.named_parameters():
            if parameter.requires_grad:
                self._handles.append(parameter.register_hook(partial(self._look, name)))
        return self

    def _begin(self, module: nn.Module, grad_output: Any) -> None:
        self.fired = []

    def _look(self, name: str, gradient: Tensor) -> None:
        if gradient.norm() > self.threshold:
            self.fired = sorted([*self.fired, name])
        ### END SOLUTION

    def __exit__(self, *error: Any) -> None:
        ### BEGIN SOLUTION
        for hook in self._handles:
            hook.remove()
        ### END SOLUTION
