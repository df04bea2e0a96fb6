"""Values on one short line, for "expected" and "got"."""

from __future__ import annotations

from collections.abc import Iterator

from grader.records.text.clean import clean, literal
from grader.records.text.layout import flat
from grader.records.text.numbers import Names, elements, is_whole, number_texts
from grader.records.text.writing import Writer
from grader.records.values import (
    ArrayValue,
    BytesValue,
    LawfulValue,
    MappingValue,
    SequenceValue,
    TensorValue,
    Value,
    element_count,
)

_INFERRED = frozenset({"bool", "int64", "float32", "complex64"})
_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")")}


def show(value: Value, limit: int = 200) -> str:
    """Return a value on one line of about `limit` characters, numbers in full precision.

    What does not fit is told as a count, together with the shape.

    >>> show(SequenceValue("tuple", (1, 2.5, "a")))
    "(1, 2.5, 'a')"
    >>> show(TensorValue("int64", (300,), bytes(2400)), limit=60)
    'tensor of shape (300,), int64: 0, 0, 0, 0, 0, ... (295 more)'
    """
    if isinstance(value, LawfulValue):
        return show(value.value, limit)
    if isinstance(value, TensorValue | ArrayValue):
        return _show_storage(value, limit)
    if isinstance(value, SequenceValue | MappingValue):
        return _show_collection(value, limit)
    if isinstance(value, str | BytesValue):
        data = value if isinstance(value, str) else value.data
        left = len(data) - limit
        return literal(data[:limit]) + (f"... ({left} more)" if left > 0 else "")
    return clean(flat(Writer().tree(value)), limit, newlines=False)


def _show_storage(value: TensorValue | ArrayValue, limit: int) -> str:
    kind = _kind(value)
    if not is_whole(value):
        return f"{kind} of {len(value.data)} bytes that do not fit its shape"
    traits = _traits(value)
    count = element_count(value.shape)
    head = f"{kind} of shape {value.shape}, {', '.join([value.dtype, *traits])}"
    if count == 0:
        return f"empty {head}"
    array = elements(value)
    if count * 3 <= limit + 3:
        texts = number_texts(array.reshape(-1), value.dtype, Names())
        traits_to_show = traits if value.dtype in _INFERRED else [f"dtype={value.dtype}", *traits]
        whole = f"{kind}({', '.join([_bracketed(texts, value.shape), *traits_to_show])})"
        if len(whole) <= limit:
            return whole
    texts = number_texts(array.reshape(-1)[: limit // 3 + 1], value.dtype, Names())
    return _as_many_as_fit(f"{head}: ", texts, count, "", limit)


def _kind(value: TensorValue | ArrayValue) -> str:
    if isinstance(value, ArrayValue):
        return "array"
    return "Parameter" if value.kind == "parameter" else "tensor"


def _traits(value: TensorValue | ArrayValue) -> list[str]:
    if isinstance(value, ArrayValue):
        return []
    traits = [] if value.device == "cpu" else [f"device={clean(value.device, 20, newlines=False)}"]
    return [*traits, "requires_grad=True"] if value.requires_grad and value.kind != "parameter" else traits


def _bracketed(texts: list[str], shape: tuple[int, ...]) -> str:
    if not shape:
        return texts[0]
    step = len(texts) // shape[0]
    items = (
        texts if len(shape) == 1 else [_bracketed(texts[i : i + step], shape[1:]) for i in range(0, len(texts), step)]
    )
    return f"[{', '.join(items)}]"


def _show_collection(value: SequenceValue | MappingValue, limit: int) -> str:
    kind = "dict" if isinstance(value, MappingValue) else value.kind
    opening, closing = _BRACKETS.get(kind, ("{", "}"))
    prefix = "" if kind in ("list", "tuple", "dict", "set") else clean(kind, 40, newlines=False)
    count = len(value.items)
    if not count:
        return f"{prefix or kind}()" if kind not in ("list", "tuple", "dict") else opening + closing
    share = max(limit // min(count, 4), 24)
    texts = _items(value, share, limit)
    comma = "," if kind == "tuple" and count == 1 else ""
    return _as_many_as_fit(prefix + opening, texts, count, comma + closing, max(limit, 40))


def _items(value: SequenceValue | MappingValue, share: int, limit: int) -> list[str]:
    parts: Iterator[str]
    if isinstance(value, MappingValue):
        parts = (f"{show(key, 60)}: {show(item, share)}" for key, item in value.items)
    else:
        parts = (show(item, share) for item in value.items)
    texts: list[str] = []
    used = 0
    for text in parts:
        texts.append(text)
        used += len(text) + 2
        if used > limit:
            break
    return texts


def _as_many_as_fit(head: str, texts: list[str], count: int, tail: str, limit: int) -> str:
    whole = head + ", ".join(texts) + tail
    if len(texts) == count and len(whole) <= limit:
        return whole
    kept: list[str] = []
    used = len(head) + len(tail) + len("... ( more)") + len(str(count))
    for text in texts:
        if kept and used + len(text) + 2 > limit:
            break
        kept.append(text)
        used += len(text) + 2
    left = count - len(kept)
    return f"{head}{', '.join(kept)}{f', ... ({left} more)' if left else ''}{tail}"
