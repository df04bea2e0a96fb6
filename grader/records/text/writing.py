"""Values and examples as Python code that a student can paste, after `import torch` and `import numpy as np`."""

from __future__ import annotations

import math
from typing import Any

from grader.records.observations import Example
from grader.records.text.clean import clean, literal
from grader.records.text.layout import Group, Pair, Tree, lay_out
from grader.records.text.numbers import Names, is_whole, number_texts, storage
from grader.records.text.views import View, view_of
from grader.records.values import (
    MAX_DEPTH,
    ArrayValue,
    BigIntValue,
    BytesValue,
    LawfulValue,
    MappingValue,
    OpaqueValue,
    SequenceValue,
    TensorValue,
    Value,
)

MAX_ELEMENTS = 1000
"""Numbers written out in one piece of code; of a tensor that holds more, a few."""

SHOWN = 6
"""How many numbers of an abbreviated tensor are written."""

UNIFORM = 16
"""Tensors of more equal elements than this are written as `torch.zeros(...)` and the like."""

REAL_FLOATING = frozenset({"float16", "bfloat16", "float32", "float64"})

_INFERRED = {
    "torch": frozenset({"bool", "int64", "float32", "complex64"}),
    "np": frozenset({"bool", "int64", "float64", "complex128"}),
}
_DEFAULT = {"torch": "float32", "np": "float64"}
_NAMES = {module: Names(f"{module}.nan", f"{module}.inf") for module in _INFERRED}
_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}"), "frozenset": ("frozenset({", "})")}


class Writer:
    """Writes values of one example; `left_out` counts the elements that were abbreviated away."""

    def __init__(self, limit: int = MAX_ELEMENTS) -> None:
        self.room = limit
        self.left_out = 0

    def tree(self, value: Value, gradient: bool = False, depth: int = 0) -> Tree:
        """Return a value as code, not yet broken over lines."""
        if isinstance(value, TensorValue | ArrayValue):
            return self._tensor(value, gradient) if isinstance(value, TensorValue) else self._array(value)
        if isinstance(value, SequenceValue | MappingValue):
            if depth > MAX_DEPTH:
                return "..."
            return self._collection(value, gradient, depth)
        if isinstance(value, LawfulValue):
            return self.tree(value.value, gradient, depth + 1) if depth <= MAX_DEPTH else "..."
        if isinstance(value, str | BytesValue):
            return literal(value if isinstance(value, str) else value.data)
        return _scalar(value)

    def _collection(self, value: SequenceValue | MappingValue, gradient: bool, depth: int) -> Tree:
        items: list[Tree] = []
        for position, item in enumerate(value.items):
            if self.room <= 0:
                self.left_out += len(value.items) - position
                items.append("...")
                break
            self.room -= 1
            if isinstance(value, MappingValue):
                key, content = value.items[position]
                items.append(Pair(self.tree(key, False, depth + 1), self.tree(content, gradient, depth + 1)))
            else:
                items.append(self.tree(item, gradient, depth + 1))  # type: ignore[arg-type]  # an item of a sequence
        if isinstance(value, MappingValue):
            return Group("{", tuple(items), "}")
        if value.kind not in _BRACKETS:
            return f"<{clean(value.kind, 40, newlines=False)}>"
        if not items and value.kind in ("set", "frozenset"):
            return f"{value.kind}()"
        opening, closing = _BRACKETS[value.kind]
        return Group(opening, tuple(items), closing, lone_comma=value.kind == "tuple")

    def _tensor(self, value: TensorValue, gradient: bool) -> Tree:
        wanted = value.requires_grad or (gradient and value.dtype in REAL_FLOATING)
        device = "" if value.device == "cpu" else f', device="{clean(value.device, 20, newlines=False)}"'
        view = view_of(value) if is_whole(value) and 0 not in value.shape else View(value.shape)
        opening, items, closing = self._filled("torch", value, view.shape, device)
        closing += view.suffix
        if value.kind == "parameter":
            opening = f"torch.nn.Parameter({opening}"
            closing += ")" if wanted else ", requires_grad=False)"
        elif wanted:
            closing += ".requires_grad_()"
        return Group(opening, items, closing)

    def _array(self, value: ArrayValue) -> Tree:
        return Group(*self._filled("np", value, value.shape, ""))

    def _filled(
        self, module: str, value: TensorValue | ArrayValue, shape: tuple[int, ...], device: str
    ) -> tuple[str, tuple[Tree, ...], str]:
        explicit = f", dtype={module}.{value.dtype}" if value.dtype != _DEFAULT[module] else ""
        if not is_whole(value):
            return f"<{len(value.data)} bytes of {clean(value.dtype, 20, newlines=False)}>", (), ""
        if 0 in shape:
            return f"{module}.empty({shape}{explicit}{device})", (), ""
        flat = storage(value)
        names = _NAMES[module]
        if len(flat) > UNIFORM and value.data == value.data[: len(value.data) // len(flat)] * len(flat):
            return (
                f"{module}.{_uniform(number_texts(flat[:1], value.dtype, names)[0], shape)}{explicit}{device})",
                (),
                "",
            )
        maker = "tensor" if module == "torch" else "array"
        dtype = "" if value.dtype in _INFERRED[module] else explicit
        tail = f"{dtype}{device})"
        if len(flat) > self.room:
            self.left_out += len(flat) - SHOWN
            texts = [*number_texts(flat[:SHOWN], value.dtype, names), "..."]
            return f"{module}.{maker}([", tuple(texts), f"]{tail}.reshape{shape}"
        self.room -= len(flat)
        content = _nested(number_texts(flat, value.dtype, names), shape)
        if isinstance(content, Group):
            return f"{module}.{maker}([", content.items, f"]{tail}"
        return f"{module}.{maker}({content}{tail}", (), ""


def code(value: Value, width: int = 88, limit: int = MAX_ELEMENTS) -> str:
    """Return a value as Python code that evaluates to it, given `torch` and `numpy as np`.

    Of values with more than `limit` elements a few are written, then `...`, which no tensor can be made of: what is
    abbreviated cannot be taken for the whole. An object that was not sent is written as `<its type>`.

    >>> import numpy
    >>> print(code(TensorValue("float64", (2,), numpy.array([1, 2.5]).tobytes())))
    torch.tensor([1., 2.5], dtype=torch.float64)
    """
    return lay_out(Writer(limit).tree(value), width)


def example_code(example: Example, width: int = 88, limit: int = MAX_ELEMENTS, *, seeded: bool = False) -> str:
    """Return one assignment for each argument, with `.requires_grad_()` where a gradient is taken.

    With `seeded` the first line seeds torch as the probe's call does.

    >>> import numpy
    >>> three = numpy.array(3, "<f4").tobytes()
    >>> print(example_code(Example({"x": TensorValue("float32", (), three), "dim": -1}, gradient=("x",))))
    x = torch.tensor(3.).requires_grad_()
    dim = -1
    """
    writer = Writer(limit)
    lines = [f"torch.manual_seed({example.seed})"] if seeded else []
    for name, value in example.arguments.items():
        tree = writer.tree(value, name in example.gradient)
        lines.append(f"{name} = {lay_out(tree, width, len(name) + 3)}")
    if writer.left_out:
        lines.append(f"# `...` stands for {writer.left_out} elements: too many to write out")
    return "\n".join(lines)


def _scalar(value: object) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if isinstance(value, BigIntValue):
        try:
            return hex(int(value.digits, 16))
        except ValueError:
            return f"<int {clean(value.digits, 40, newlines=False)}>"
    if isinstance(value, OpaqueValue):
        return f"<{clean(value.type_name, 100, newlines=False)}>"
    return repr(value)


def _uniform(text: str, shape: tuple[int, ...]) -> str:
    simple = {"0": "zeros", "0.": "zeros", "False": "zeros", "1": "ones", "1.": "ones", "True": "ones"}.get(text)
    return f"{simple}({shape}" if simple else f"full({shape}, {text}"


def _nested(texts: list[str], shape: tuple[int, ...]) -> str | Group:
    if not shape:
        return texts[0]
    step = len(texts) // shape[0]
    items: Any = (
        texts if len(shape) == 1 else (_nested(texts[i : i + step], shape[1:]) for i in range(0, len(texts), step))
    )
    return Group("[", tuple(items), "]")
