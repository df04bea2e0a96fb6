"""What marks an example, and whether a submission fails on such examples alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import numpy

from grader.judging.checks.elements import decode
from grader.records.observations import Example, decode_example
from grader.records.text.saying import later, say
from grader.records.values import FLOATING, ArrayValue, TensorValue, leaves

_LARGE = 500.0
_ENOUGH = 3
"""How many other examples must pass before something is said of those that fail."""


def is_special(example: Example) -> bool:
    """Say whether a floating argument holds NaN or an infinity."""
    return any(not numpy.isfinite(numbers).all() for numbers in _floating(example))


def is_large(example: Example) -> bool:
    """Say whether a floating argument holds a number of 500 or more."""
    with numpy.errstate(invalid="ignore"):
        return any((numpy.abs(numbers) >= _LARGE).any() for numbers in _floating(example))


def is_strided(example: Example) -> bool:
    """Say whether a tensor does not lie in memory in the order of its elements."""
    return any(isinstance(leaf, TensorValue) and leaf.strides is not None for leaf in _leaves(example))


def is_empty(example: Example) -> bool:
    """Say whether a tensor or array has no elements."""
    return any(0 in leaf.shape for leaf in _leaves(example))


def is_double(example: Example) -> bool:
    """Say whether a tensor or array holds float64."""
    return any(leaf.dtype == "float64" for leaf in _leaves(example))


ODD = (is_special, is_large, is_strided)
"""What an example should be without, if it fails without as well."""

_TOLD: dict[Callable[[Example], bool], str] = {
    is_special: later("Only with NaN or infinity in the input: on the other {passed} examples it is right."),
    is_large: later("Only for large inputs: on the other {passed} examples it is right."),
    is_strided: later("Only for inputs that are not contiguous: on the other {passed} examples it is right."),
    is_empty: later("Only for empty inputs: on the other {passed} examples it is right."),
    is_double: later("Only for float64: on the other {passed} examples it is right."),
}


def only_for(failed: Collection[bytes], examples: Sequence[bytes]) -> str:
    """Return what all failing examples have and none of the passing ones, in a sentence; "" where there is nothing."""
    if not failed or len(examples) - len(set(failed)) < _ENOUGH:
        return ""
    wrong = [decode_example(example) for example in set(failed)]
    for trait in _TOLD:
        if all(map(trait, wrong)):
            others = [one for one in map(decode_example, set(examples) - set(failed)) if not trait(one)]
            if len(others) >= _ENOUGH:
                return say(_TOLD[trait], passed=len(others))
    return ""


def _floating(example: Example) -> Iterator[Any]:
    return (decode(_in_order(leaf)) for leaf in _leaves(example) if leaf.dtype in FLOATING and leaf.data)


def _in_order(leaf: TensorValue | ArrayValue) -> TensorValue:
    """Return what of a view can be read without its strides: the storage holds a few more numbers, and no odd ones."""
    size = {"bfloat16": 2}.get(leaf.dtype) or numpy.dtype(leaf.dtype).itemsize
    return TensorValue(leaf.dtype, (len(leaf.data) // size,), leaf.data)


def _leaves(example: Example) -> Iterator[TensorValue | ArrayValue]:
    for value in example.arguments.values():
        yield from leaves(value)
