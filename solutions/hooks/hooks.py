# %% [markdown] lang="en"
# # Hooks: looking into a model while it runs
#
# A hook is a function that somebody else's code calls at an agreed moment: before a module's forward, after it, or
# when a gradient has been computed. With hooks you can look into a model, or change what flows through it, without
# touching its source.
#
# Whoever registers a hook gets a handle, and with it the duty to remove the hook again. A hook that is left behind
# keeps running, and whoever removes more than his own breaks the work of others.
# %% [markdown] lang="ko"
# # 훅: 실행 중인 모델 들여다보기
#
# 훅은 정해진 순간에 남의 코드가 불러 주는 함수입니다. 모듈의 순전파 직전이나 직후, 또는 기울기가 계산된 순간이 그런
# 때입니다. 훅을 쓰면 모델의 소스를 건드리지 않고도 안을 들여다보거나 흐르는 값을 바꿀 수 있습니다.
#
# 훅을 등록하면 핸들을 받고, 그것으로 훅을 다시 떼어 낼 책임도 함께 집니다. 남겨 둔 훅은 계속 실행되고, 자기 것이 아닌
# 훅까지 떼어 내면 다른 사람의 일을 망가뜨립니다.
# %%
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

# %% [markdown] lang="en"
# ## `Package(programs)`
# First in plain Python, without torch. `package(x)` runs the programs in order, each on what the one before gave.
# Around each program, the pre-hooks see its input and the hooks see its output, in the order in which they were
# added. A hook is called with one value; what it returns replaces that value, and `None` means unchanged (but `0`
# and `[]` are values like any other). `add_pre_hook(f)` and `add_hook(f)` return a handle with `remove()`. A hook
# may be removed during the run, even by itself: from then on it is no longer called, and the others are not
# disturbed.
# %% [markdown] lang="ko"
# ## `Package(programs)`
# 먼저 torch 없이 순수한 파이썬으로 만듭니다. `package(x)`는 프로그램을 순서대로 실행하며, 각 프로그램은 앞 프로그램의
# 결과를 받습니다. 프로그램마다 프리 훅은 입력을, 훅은 출력을 등록된 순서대로 봅니다. 훅은 값 하나를 받아 불리고, 돌려준
# 것이 그 값을 대신합니다. `None`은 그대로 두라는 뜻입니다(하지만 `0`과 `[]`는 다른 것과 똑같은 값입니다).
# `add_pre_hook(f)`과 `add_hook(f)`은 `remove()`가 있는 핸들을 돌려줍니다. 훅은 실행 도중에, 심지어 스스로도 제거될 수
# 있습니다. 그때부터는 불리지 않으며, 다른 훅에는 영향이 없습니다.


# %% exercise="Package"
class Package:
    """Runs programs (functions of one value) one after the other, with hooks around each of them.

    Pre-hooks see a program's input and hooks its output, in the order in which they were added. What a hook returns
    replaces the value, unless it is None. A hook may be removed during the run, even by itself: it is no longer called
    from then on, and the others are not disturbed.
    """

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


# %% [markdown] lang="en"
# ## `capture_activations(model, names, x)`
# What do the layers in the middle say? Return a dict from each name in `names` to the output of that submodule in
# one forward `model(x)`, detached. Of a module that is called twice, keep the last output. The next layer may change
# a tensor in place: yours must still hold what the module gave. Afterwards none of your hooks is left, also when
# forward raises, and those of others are still there. An unknown name raises `KeyError` before anything runs.
# %% [markdown] lang="ko"
# ## `capture_activations(model, names, x)`
# 중간층은 무엇을 말할까요? `names`의 각 이름에서, 순전파 `model(x)` 한 번에 그 하위 모듈이 낸 출력을 분리(detach)하여
# 딕셔너리로 돌려주세요. 두 번 불리는 모듈은 마지막 출력을 남깁니다. 다음 층이 텐서를 제자리에서 바꿀 수도 있지만,
# 여러분의 텐서에는 모듈이 낸 값이 그대로 있어야 합니다. 끝난 뒤에는 순전파가 예외를 일으켰더라도 여러분의 훅이 남아
# 있지 않아야 하고, 다른 사람의 훅은 그대로 있어야 합니다. 모르는 이름이 있으면 무엇도 실행하기 전에 `KeyError`를
# 일으킵니다.


# %% exercise="capture_activations"
def capture_activations(model: nn.Module, names: Sequence[str], x: Tensor) -> dict[str, Tensor]:
    """Return {name: output} of the named submodules (names as `named_modules` gives them) in one model(x).

    The outputs are detached, hold what the module gave though a later layer changes it in place, and are the last of a
    module that is called twice. None of your hooks is left, also when forward raises, and all others are. An unknown
    name raises KeyError before anything runs.
    """
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


# %% [markdown] lang="en"
# ## `capture_gradients(model, x)`
# The same in the other direction: for every leaf module (one without children), by its name in `named_modules`,
# return what a full backward hook on it gets as `grad_output[0]` when `model(x).sum()` is differentiated. That
# includes modules without parameters, also at the very beginning of the model. No parameter's `.grad` changes, and
# none of your hooks is left.
# %% [markdown] lang="ko"
# ## `capture_gradients(model, x)`
# 이번에는 반대 방향입니다. 모든 말단 모듈(자식이 없는 모듈)에 대하여, `model(x).sum()`을 미분할 때 그 모듈의 전체
# 역전파 훅이 받는 `grad_output[0]`을 `named_modules`의 이름으로 돌려주세요. 파라미터가 없는 모듈도, 모델의 맨 앞에
# 있는 것까지 포함합니다. 어떤 파라미터의 `.grad`도 바뀌지 않고, 여러분의 훅도 남지 않아야 합니다.


# %% exercise="capture_gradients"
def capture_gradients(model: nn.Module, x: Tensor) -> dict[str, Tensor]:
    """Return {name: gradient of model(x).sum() with respect to the output} of every leaf module.

    It is what a full backward hook gets as grad_output[0], of modules without parameters too. No parameter's `.grad`
    changes, and none of your hooks is left.
    """
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


# %% [markdown] lang="en"
# ## `record_call(module)`
# Return a list and a handle. After one forward of the module, which takes two inputs, the list holds x1 and x2 (from
# a pre-hook) and then the output (from a forward hook). The handle's `remove()` takes away both hooks, and none of
# anybody else.
# %% [markdown] lang="ko"
# ## `record_call(module)`
# 리스트와 핸들을 돌려주세요. 입력이 두 개인 모듈의 순전파가 한 번 끝나면 리스트에는 x1과 x2(프리 훅에서), 그다음
# 출력(포워드 훅에서)이 들어 있어야 합니다. 핸들의 `remove()`는 두 훅을 모두 떼어 내되, 다른 사람의 훅은 건드리지
# 않습니다.


# %% exercise="record_call"
def record_call(module: nn.Module) -> tuple[list[Tensor], Any]:
    """Return (list, handle): the list is filled with x1, x2 and the output when the module is called.

    handle.remove() takes away both hooks, and none of anybody else.
    """
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


# %% [markdown] lang="en"
# ## `add_five(module, args, output)`
# A forward hook, to be used as `module.register_forward_hook(add_five)`: the module then gives its output plus 5.
# %% [markdown] lang="ko"
# ## `add_five(module, args, output)`
# `module.register_forward_hook(add_five)`로 등록하는 포워드 훅입니다. 등록하면 모듈은 원래 출력에 5를 더한 값을 냅니다.


# %% exercise="add_five"
def add_five(module: nn.Module, args: tuple[Any, ...], output: Tensor) -> Tensor:
    """Make the module's result its output plus 5, and change no tensor in place."""
    ### BEGIN SOLUTION
    return output + 5
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `unit_gradients(module, grad_input, grad_output)`
# A full backward hook for a module with two inputs of one element each: after it, the gradients that leave the
# module sum to 1, because each was divided by their sum (which is not 0). An input that needs no gradient has `None`
# in `grad_input`, and it stays `None`.
# %% [markdown] lang="ko"
# ## `unit_gradients(module, grad_input, grad_output)`
# 원소가 하나씩인 입력 두 개를 받는 모듈을 위한 전체 역전파 훅입니다. 모듈에서 나가는 기울기를 각각 그 합(0이
# 아닙니다)으로 나누어, 합이 1이 되게 합니다. 기울기가 필요 없는 입력은 `grad_input`에서 `None`이며, 그대로 `None`으로
# 남습니다.


# %% exercise="unit_gradients"
def unit_gradients(
    module: nn.Module, grad_input: tuple[Tensor | None, ...], grad_output: tuple[Tensor | None, ...]
) -> tuple[Tensor | None, ...]:
    """Return the gradients of the inputs divided by their sum, None where there is none.

    A full backward hook for a module with two inputs of one element each; the sum is not 0.
    """
    ### BEGIN SOLUTION
    total = sum(gradient for gradient in grad_input if gradient is not None)
    return tuple(None if gradient is None else gradient / total for gradient in grad_input)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `record_weight_gradient(parameter)`
# Return a list and a handle: a hook on the parameter itself puts each gradient into the list as it is computed,
# and changes none. After `handle.remove()` nothing more is collected.
# %% [markdown] lang="ko"
# ## `record_weight_gradient(parameter)`
# 리스트와 핸들을 돌려주세요. 파라미터 자체에 건 훅이 기울기가 계산될 때마다 그것을 리스트에 넣고, 기울기를 바꾸지는
# 않습니다. `handle.remove()`를 부른 뒤에는 더 모으지 않습니다.


# %% exercise="record_weight_gradient"
def record_weight_gradient(parameter: nn.Parameter) -> tuple[list[Tensor], Any]:
    """Return (list, handle): the list collects the gradient of each backward on its own, not their sum.

    No gradient is changed, what was collected stays as it was, and nothing is after handle.remove().
    """
    ### BEGIN SOLUTION
    gradients: list[Tensor] = []

    def keep(gradient: Tensor) -> None:
        gradients.append(gradient.clone())

    return gradients, parameter.register_hook(keep)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `scale_input(module, factor)`
# Register a forward pre-hook that multiplies the first positional input by `factor`; further inputs pass through.
# Return the handle, whose removal brings back the old behaviour. Two of them on one module multiply.
# %% [markdown] lang="ko"
# ## `scale_input(module, factor)`
# 첫 번째 위치 인자에 `factor`를 곱하는 포워드 프리 훅을 등록하세요. 다른 입력은 그대로 지나갑니다. 핸들을 돌려주며,
# 그것을 제거하면 원래대로 돌아옵니다. 한 모듈에 두 번 걸면 두 배율이 곱해집니다.


# %% exercise="scale_input"
def scale_input(module: nn.Module, factor: float) -> Any:
    """Return the handle of a pre-hook that multiplies the module's first positional input by factor.

    Further inputs pass through, two such hooks on one module multiply, and removing one brings back what was before.
    """
    ### BEGIN SOLUTION
    return module.register_forward_pre_hook(lambda module, args: (args[0] * factor, *args[1:]))
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `clip_gradients(model, limit)`
# Hang a tensor hook on every parameter that requires grad, so that each gradient is clamped element by element into
# `[-limit, limit]` as it is computed, before it is added to what `.grad` already holds. Return the list of handles.
# %% [markdown] lang="ko"
# ## `clip_gradients(model, limit)`
# requires_grad인 모든 파라미터에 텐서 훅을 걸어, 기울기가 계산되는 순간, 즉 `.grad`에 이미 있는 값에 더해지기 전에
# 원소마다 `[-limit, limit]` 안으로 자르세요. 핸들의 리스트를 돌려줍니다.


# %% exercise="clip_gradients"
def clip_gradients(model: nn.Module, limit: float) -> list[Any]:
    """Return the handles of hooks that clamp every new gradient of the model's parameters into [-limit, limit].

    There is a tensor hook on each parameter that requires grad; it acts before the gradient is added to `.grad`.
    """
    ### BEGIN SOLUTION
    return [
        parameter.register_hook(lambda gradient: gradient.clamp(-limit, limit))
        for parameter in model.parameters()
        if parameter.requires_grad
    ]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `GradientAlarm(model, threshold)`
# Which parameters get too large a gradient? Inside `with GradientAlarm(model, threshold) as alarm:`, after each
# backward, `alarm.fired` lists the names of the parameters whose gradient in that backward alone has a norm greater
# than the threshold, in rising order of the names. A parameter that the latest backward does not reach is not in the
# list. After the block none of your hooks is left, also when it raises.
# %% [markdown] lang="ko"
# ## `GradientAlarm(model, threshold)`
# 어느 파라미터의 기울기가 너무 클까요? `with GradientAlarm(model, threshold) as alarm:` 안에서 역전파가 끝날 때마다
# `alarm.fired`는 바로 그 역전파의 기울기만으로 계산한 노름이 `threshold`보다 큰 파라미터의 이름을 이름순으로 담고
# 있어야 합니다. 마지막 역전파가 닿지 않은 파라미터는 목록에 없습니다. 블록을 나서면, 예외로 나서더라도, 여러분의 훅은
# 남아 있지 않습니다.


# %% exercise="GradientAlarm"
class GradientAlarm:
    """A context manager; `fired` is the sorted list of names for the latest backward, empty before the first.

    Named are the parameters whose gradient in that backward alone has a norm greater than the threshold. After the
    block none of your hooks is left, also when it raises.
    """

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
