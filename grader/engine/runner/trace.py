"""A second witness of bans and needs: which torch functions the submission's own code calls, and whether they matter.

What happens here happens in the submission's process and can be forged by it. So a trace only adds
findings, and the judge decides on the source first.
"""

from __future__ import annotations

import dis
import functools
import os
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterable, Iterator
from types import (
    BuiltinFunctionType,
    CodeType,
    FrameType,
    FunctionType,
    MethodDescriptorType,
    MethodWrapperType,
    WrapperDescriptorType,
)
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

import grader
from grader.engine.runner import threads
from grader.records.torch_names import ROOTS, is_special

_PACKAGES = os.path.dirname(os.path.dirname(torch.__file__))
_TORCH = tuple(os.path.join(_PACKAGES, name) + os.sep for name in sorted(ROOTS))
_OURS = os.path.dirname(os.path.abspath(grader.__file__)) + os.sep
_INSTALLED = tuple(sorted({sysconfig.get_path(key) + os.sep for key in ("purelib", "platlib")} | {_OURS}))
_LIBRARY = tuple(sorted({sysconfig.get_path(key) + os.sep for key in ("stdlib", "platstdlib")} | {"<frozen "}))
"""Python's own library calls torch for nobody but whoever uses it: `threading` runs what it was given."""

_OPERATORS = frozenset(name.partition(".")[0] for name in torch._C._dispatch_get_all_op_names())
"""Torch's own operators: this is loaded before any submission."""

_kernels = set(torch.library._impls)
"""What replaces kernels of torch's before a submission does."""


def remember_kernels() -> None:
    """Note what replaces kernels now: call before a submission is loaded."""
    _kernels.update(torch.library._impls)


_OPS = os.path.join(_PACKAGES, "torch", "_ops.py")
_HANDLERS = frozenset(
    os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")
    for name in ("trace", "flow", "cut", "perturber", "threads")
)
_WRAPPERS = os.path.join(_PACKAGES, "torch", "utils", "_contextlib.py")
_DISPATCH = torch.overrides.handle_torch_function.__code__


_borrowed: set[str] = set()
"""Names of files of the library's or torch's that the submission's own code gave to code that it made."""


def _heard(event: str, args: tuple[Any, ...]) -> None:
    """Take an audit event: who makes code under the name of a file that is not his would not be seen."""
    if event not in ("compile", "code.__new__"):
        return
    name, maker = args[1], sys._getframe(1)
    if not isinstance(name, str) or not name.startswith((*_TORCH, *_INSTALLED, *_LIBRARY)):
        return
    if not maker.f_code.co_filename.startswith("<frozen importlib") and _anybody.owner(maker) == "own":
        _borrowed.add(name)


def listen() -> None:
    """Hear of code that is made from now on: call once a process, before a submission is loaded."""
    sys.addaudithook(_heard)


class Frames:
    """Tells whose code a frame runs: `torch`, `own` (the submission's) or `outside`."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._beside = os.path.join(os.environ.get("TMPDIR", "/nowhere"), "")
        self._owners: dict[CodeType, str] = {}

    def owner(self, frame: FrameType) -> str:
        """Return whose frame it is; one of Python's library is of whoever called that, or began the thread."""
        above: FrameType | None = frame
        while above is not None:
            owner = self.of_code(above.f_code)
            if owner != "library":
                return owner
            above = above.f_back
        return "own"

    def of_code(self, code: CodeType) -> str:
        """Return whose code it is: as `owner` says, or `library` for Python's own, whoever called that."""
        owner = self._owners.get(code)
        if owner is None:
            owner = self._owners[code] = "own" if code is threads.begin.__code__ else self._decide(code.co_filename)
        return owner

    def _decide(self, name: str) -> str:
        if name in _borrowed:
            return "own"
        if name.startswith(_TORCH):
            return "torch"
        if name.startswith(_INSTALLED):
            return "outside"
        if name.startswith(_LIBRARY):
            return "library"
        mine = name == self._own or name.startswith((f"{self._own}#", self._beside))
        own = not self._own or mine or not os.path.isabs(name)  # no file of ours is relative
        return "own" if own else "outside"


_anybody = Frames("")


class Tracer(TorchFunctionMode):  # type: ignore[misc]  # torch's class is untyped
    """Append to `called`, each once, the names of the torch functions that the submission's own frames call.

    A call that torch's own Python makes is not the student's: of `nn.Linear(2, 3)(x)` the trace
    holds `torch.nn.modules.linear.Linear`, not `torch.nn.functional.linear`. Functions that torch writes in Python
    (`Module.apply`, `torch.func.grad`) are seen as the interpreter enters them. `own` is the submission's
    file name (`own#3` is its third cell); without it, all code is the submission's that is neither torch's nor
    of an installed package. Code made from strings is the submission's.

    >>> with Tracer(called := []):
    ...     _ = torch.zeros(2).abs_()
    >>> called
    ['torch.zeros', 'torch.Tensor.abs_']
    """

    def __init__(self, called: list[str], own: str = "", below: list[str] | None = None) -> None:
        super().__init__()
        self._called = called
        self._below = below if below is not None else []
        self._frames = Frames(own)
        self._before: tuple[Any, Any] = (None, None)
        self._inside: dict[int, list[str]] = {}
        """By thread: functions of torch's that run now, the innermost last."""

    def __enter__(self) -> Tracer:
        super().__enter__()
        self._before = (sys.getprofile(), threads.watch(self))
        threads.set_profile(threads.profiled)
        threads.look_again()
        return self

    def __exit__(self, *reason: Any) -> None:
        threads.set_profile(self._before[0])
        threads.watch(self._before[1])
        super().__exit__(*reason)

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        return self.function(func, types, args, kwargs or {}, self)

    def function(self, func: Any, types: Any, args: Any, kwargs: Any, mode: TorchFunctionMode) -> Any:
        """Do the work of a torch function, and note it when the submission called it."""
        name = public_name(func)
        frame = caller()
        if frame is not None and self._frames.owner(frame) == "own":
            self._note(_as_spelled(name, frame))
        inside = self._inside.setdefault(threading.get_ident(), [])
        inside.append(name)
        try:
            return func(*args, **kwargs)
        finally:
            inside.pop()

    def event(self, frame: FrameType, event: str, argument: Any) -> None:
        """Note a function of torch's that the submission's own frame enters: in Python, or built in."""
        if event == "call":
            if self._frames.of_code(frame.f_code) == "torch":
                self._entered(frame)
        elif event == "c_call":
            name = _built_in(argument)
            if name:
                inside = self._inside.setdefault(threading.get_ident(), [])
                inside.append(name)
                if self._frames.owner(frame) == "own":
                    self._note(name)
        elif event != "return":
            running = self._inside.get(threading.get_ident())
            if running and _built_in(argument):
                running.pop()

    def trouble(self) -> Iterator[str]:
        """Yield what keeps this from seeing what is called: its own eyes put out, torch's own kernels replaced."""
        if sys.getprofile() is not threads.profiled or threads.is_blinded():
            yield "sys.setprofile"
        if any(name.startswith("aten/") for name in torch.library._impls - _kernels):
            yield "torch.library"

    def dispatched(self, operator: Any) -> None:
        """Note an operator of torch's that runs, unless a function that was seen does it."""
        inside = self._inside.get(threading.get_ident())
        if not inside or (inside[-1].startswith("torch.ops.") and _is_registered(inside[-1])):
            name = f"torch.ops.{operator.namespace}.{operator._schema.name.partition('::')[2]}"
            if name not in self._below:
                self._below.append(name)

    def _entered(self, frame: FrameType) -> None:
        before = frame.f_back
        if before is None:
            return
        if before.f_code.co_filename == _WRAPPERS and before.f_back is not None:
            before = before.f_back  # `@torch.no_grad()` around the function that is meant
        if self._frames.owner(before) == "own":
            self._note(_frame_name(frame))

    def _note(self, name: str) -> None:
        if name not in self._called:
            self._called.append(name)


class Below(TorchDispatchMode):  # type: ignore[misc]  # torch's class is untyped
    """Tells a tracer which operators run below what Python shows, such as those of a scripted function."""

    def __init__(self, tracer: Tracer) -> None:
        super().__init__()
        self._tracer = tracer

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # nothing is compiled here, and to be left out of it loads half of torch

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Do the operator's work."""
        self._tracer.dispatched(func)
        return func(*args, **(kwargs or {}))


@functools.lru_cache(maxsize=4096)
def _operators_in(code: CodeType) -> frozenset[int]:
    """Return where operators stand in a code object, as `f_lasti` counts."""
    found = dis.get_instructions(code)
    return frozenset(one.offset for one in found if one.opname.startswith(("BINARY_", "UNARY_", "COMPARE_")))


def _as_spelled(name: str, frame: FrameType) -> str:
    """Return the name of an operator's method where a frame is at an operator: torch calls `x + y` Tensor.add."""
    owner, _, last = name.rpartition(".")
    if owner != "torch.Tensor" or is_special(last) or frame.f_lasti not in _operators_in(frame.f_code):
        return name
    return f"torch.Tensor.__{last.strip('_')}__"


def _is_registered(name: str) -> bool:
    """Whether a name is of an operator that is not torch's own, but registered by somebody."""
    words = name.split(".")
    return words[:2] == ["torch", "ops"] and "::".join(words[2:4]) not in _OPERATORS


_PLAIN = frozenset({list, dict, tuple, set, frozenset, str, bytes, int, float})
"""Types whose methods are nothing of torch's: most of what a program calls."""


def _built_in(argument: Any) -> str:
    """Return the name of a function of torch's written in C, empty for others."""
    kind = type(getattr(argument, "__self__", None))
    if kind in _PLAIN:
        return ""
    if issubclass(kind, torch.Tensor):
        return f"torch.Tensor.{argument.__name__}"
    module = getattr(argument, "__module__", None)
    if isinstance(module, str) and module.partition(".")[0] == "torch":
        return public_name(argument)
    return ""


def is_in_place(name: str) -> bool:
    """Whether a function of this name changes its first argument."""
    return name.endswith("_") and not name.endswith("__")


def caller() -> FrameType | None:
    """Return the frame that calls a torch function, without those of ours and of torch's dispatcher between."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename in _HANDLERS and frame.f_code is not threads.begin.__code__:
        frame = frame.f_back
    if frame is None:
        return None
    if frame.f_code.co_filename == _OPS:
        return frame.f_back
    if frame.f_code is not _DISPATCH or frame.f_back is None:
        return frame
    return frame.f_back.f_back  # a Python function stands on the stack itself, under the dispatcher


def public_name(func: Callable[..., Any]) -> str:
    """Return the dotted name by which a torch function is known.

    >>> public_name(torch.gather), public_name(torch.Tensor.gather), public_name(torch.einsum)
    ('torch.gather', 'torch.Tensor.gather', 'torch.einsum')
    """
    if type(func) not in _LASTING:
        return _public_name(func)
    name = _names.get(func)
    if name is None:
        name = _names[func] = _public_name(func)
    return name


_LASTING = frozenset(
    {BuiltinFunctionType, FunctionType, MethodDescriptorType, MethodWrapperType, WrapperDescriptorType}
)
"""Types of functions whose hash and name are not a submission's to make."""

_names: dict[Callable[..., Any], str] = {}


def _public_name(func: Callable[..., Any]) -> str:
    name = getattr(func, "__name__", "")
    held = getattr(func, "__self__", None)
    if name in ("__get__", "__set__", "__delete__"):
        return f"torch.Tensor.{getattr(held, '__name__', name)}"
    if getattr(func, "__objclass__", None) is not None:
        return f"torch.Tensor.{name}"
    module = getattr(func, "__module__", None) or "torch"
    if module in ("torch.functional", "torch._C", "torch._C._VariableFunctions"):
        return f"torch.{name}"
    if module == "torch._C._nn":
        return f"torch.nn.functional.{name}"
    if module == "torch._tensor":
        return f"torch.Tensor.{name}"
    if module.startswith("torch._ops."):
        return f"torch.ops.{module.removeprefix('torch._ops.')}.{name.partition('.')[0]}"
    return f"{module}.{name}"


def _frame_name(frame: FrameType) -> str:
    """The name of torch's own function that runs in this frame."""
    if frame.f_code.co_filename == _OPS and frame.f_code.co_name == "__call__":
        return _operator_name(frame)
    module, name = frame.f_globals.get("__name__", "torch"), frame.f_code.co_qualname
    name = name.removesuffix(".__init__")
    if module == "torch._tensor":
        return f"torch.{name}"
    return f"{module}.{name}"


def _operator_name(frame: FrameType) -> str:
    """The name of the operator that is called in this frame of torch's."""
    held = next((frame.f_locals[name] for name in frame.f_code.co_varnames[:1] if name in frame.f_locals), None)
    name = getattr(held, "_qualified_op_name", None) or getattr(held, "_name", None)
    return f"torch.ops.{str(name).partition('.')[0].replace('::', '.')}" if isinstance(name, str) else "torch.ops"
