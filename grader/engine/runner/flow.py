"""Whether data went around the needed functions in a graded call, told by marks on the tensors that come and go.

A mark says what a tensor was made from: nothing of the input (`CLEAN`), results of needed functions (`NEEDED`), or
something else (`AROUND`; a tensor that nothing is known of counts as that). It is told by the submission's own
process, so it never excuses: what looks as if it went around is looked at again with the flow cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import FrameType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from grader.engine.runner import threads
from grader.engine.runner.trace import Frames, caller, public_name
from grader.records.torch_names import covers

CLEAN, NEEDED, AROUND = 0, 1, 2

_LIKE = frozenset(
    """
    zeros_like ones_like empty_like full_like rand_like randn_like randint_like new_zeros new_ones new_empty new_full
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
)
"""Functions that take a tensor only for its shape, dtype or device."""

_AS = frozenset({"expand_as", "view_as", "reshape_as", "type_as", "to", "resize_as_"})
"""Functions of a tensor that take another for its shape or dtype."""

_SELECT = frozenset({"__getitem__", "index_select", "gather", "take", "take_along_dim"})
"""Functions whose result holds the elements of their first tensor; what chooses among them is only asked."""

_ABOUT = frozenset(
    """
    shape size dim ndim ndimension stride dtype device layout numel nelement element_size itemsize nbytes is_contiguous
    is_floating_point is_complex requires_grad requires_grad_ is_leaf is_cuda get_device storage_offset names grad
    grad_fn __len__ __hash__ __class__ result_type promote_types broadcast_shapes is_tensor
    """.split()  # noqa: SIM905 - as above
)
"""What is asked about a tensor without a look at its elements."""

_FROM_DATA = frozenset({"tensor", "as_tensor", "asarray", "from_numpy", "frombuffer", "from_dlpack", "from_file"})


class Flow:
    """The marks of one call."""

    def __init__(self) -> None:
        self._marks: dict[int, int] = {}
        self._kept: list[torch.Tensor] = []
        self._spoiled: set[int] = set()
        self._read = CLEAN
        self._asked = CLEAN

    def passed(self, name: str, needed: bool, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any) -> None:
        """Note one call of a torch function, by its last name, and whether it is a needed one."""
        mark = NEEDED if needed else self._of_call(name, args, kwargs)
        if isinstance(result, torch.Tensor):
            self._put(result, mark)
        elif isinstance(result, list | tuple):
            for tensor in _tensors(result):
                self._put(tensor, mark)
        elif mark != CLEAN and result is not None and name not in _ABOUT:
            if isinstance(result, bool):
                self._asked = max(self._asked, mark)
            else:
                self._read = max(self._read, mark)
        changed = kwargs.get("out")
        if changed is None and args and _is_in_place(name):
            changed = args[0]
        for tensor in _tensors(changed):
            self._write(tensor, mark if needed else max(mark, self._known(tensor)))

    def outcome(self, result: Any) -> str:
        """Return `needed` when all data of a probe's result went through needed functions, else `around`.

        `asked`: it did, but something else was asked for a yes or no.
        """
        marks = [self._known(tensor) for tensor in _tensors(result, 6)]
        if not marks:
            marks = [self._read]
        if self._read == AROUND or any(mark != NEEDED for mark in marks):
            return "around"
        return "asked" if self._asked == AROUND else "needed"

    def _of_call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> int:
        if name in _LIKE:
            return CLEAN
        if name in _SELECT:
            chosen = self._of_call("", args[1:], kwargs)
            self._asked = max(self._asked, chosen)
            args, kwargs = args[:1], {}
        if name in _AS:
            args, kwargs = args[:1], {}
        if name in _FROM_DATA and args and not isinstance(args[0], bool | int | float | list | tuple | torch.Tensor):
            return AROUND
        mark = self._highest(args)
        if kwargs and mark != AROUND:
            mark = max(mark, self._highest(kwargs.values()))
        return max(mark, self._read) if name in _FROM_DATA else mark

    def _highest(self, things: Iterable[Any], depth: int = 3) -> int:
        """Return the highest mark of the tensors among some things."""
        mark = CLEAN
        for thing in things:
            if isinstance(thing, torch.Tensor):
                mark = max(mark, self._known(thing))
            elif depth and isinstance(thing, list | tuple):
                mark = max(mark, self._highest(thing, depth - 1))
            elif depth and isinstance(thing, dict):
                mark = max(mark, self._highest(thing.values(), depth - 1))
            if mark == AROUND:
                return mark
        return mark

    def _known(self, tensor: torch.Tensor) -> int:
        if self._spoiled and _memory(tensor) in self._spoiled:
            return AROUND
        return self._marks.get(id(tensor), AROUND)

    def _put(self, tensor: torch.Tensor, mark: int) -> None:
        self._marks[id(tensor)] = mark
        self._kept.append(tensor)  # so that no other tensor gets its id

    def _write(self, tensor: torch.Tensor, mark: int) -> None:
        if mark == AROUND:
            self._spoiled.add(_memory(tensor))
        self._put(tensor, mark)


class Following(TorchFunctionMode):  # type: ignore[misc]  # torch's class is untyped
    """Follows the flow of one call after another, from the named torch functions to the result; `own` as in `Tracer`.

    >>> with Following(["torch.einsum"]) as following:
    ...     total = torch.einsum("i->", torch.ones(3))
    >>> following.outcome(total), following.outcome(total * torch.ones(3).sum())
    ('needed', 'around')
    """

    def __init__(self, names: Iterable[str], own: str = "") -> None:
        super().__init__()
        self._wanted = tuple(names)
        self._frames = Frames(own)
        self._known: dict[Any, tuple[str, bool]] = {}
        self._flow = Flow()
        self._alone = False

    def __enter__(self) -> Following:
        """Begin with the next call."""
        super().__enter__()
        self._flow = Flow()
        self._alone = threads.watching() is None  # a tracer sees the threads
        if self._alone:
            threads.watch(self)
        return self

    def __exit__(self, *reason: Any) -> None:
        if self._alone:
            threads.watch(None)
        super().__exit__(*reason)

    def outcome(self, result: Any) -> str:
        """Return what `Flow.outcome` says of the last call's result."""
        return self._flow.outcome(result)

    def event(self, frame: FrameType, event: str, argument: Any) -> None:
        """Take no notice."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return self.function(func, types, args, kwargs or {}, self)

    def function(self, func: Any, types: Any, args: Any, kwargs: Any, mode: TorchFunctionMode) -> Any:
        """Do the work of a torch function, and mark what comes of it."""
        result = func(*args, **kwargs)
        known = self._known.get(func)
        if known is None:
            name = public_name(func)
            known = name.rpartition(".")[2], any(covers(want, name) for want in self._wanted)
            self._known[func] = known
        last, wanted = known
        if last == "__iter__":
            result = list(result)
        if wanted:
            frame = caller()
            wanted = frame is not None and self._frames.owner(frame) != "outside"
        self._flow.passed(last, wanted, args, kwargs, result)
        return iter(result) if last == "__iter__" else result


def _is_in_place(name: str) -> bool:
    if name.startswith("__"):
        return name == "__setitem__" or (name.startswith("__i") and name not in ("__invert__", "__iter__", "__index__"))
    return name.endswith("_")


def _memory(tensor: torch.Tensor) -> int:
    try:
        return int(tensor.untyped_storage().data_ptr())
    except (RuntimeError, NotImplementedError):
        return 0


def _tensors(thing: Any, depth: int = 3) -> Iterator[torch.Tensor]:
    if isinstance(thing, torch.Tensor):
        yield thing
    elif depth and isinstance(thing, list | tuple):
        for item in thing:
            yield from _tensors(item, depth - 1)
    elif depth and isinstance(thing, dict):
        for item in thing.values():
            yield from _tensors(item, depth - 1)
