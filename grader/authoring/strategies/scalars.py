"""Plain numbers, words and constants."""

from __future__ import annotations

import dataclasses
from typing import Any

from grader.authoring.strategies.context import DrawContext
from grader.authoring.strategies.convert import to_value
from grader.authoring.strategies.shapes import evaluate, names_in
from grader.records.errors import AuthorError
from grader.records.values import Value

_WORDS = ("a", "cat", "tensor", "Ada", "x1", "naïve", "한글", "two words", "with, comma", "3.5")
_WIDE = 1 << 12


@dataclasses.dataclass(frozen=True)
class Pick:
    """One of several inert values, plainest first."""

    options: tuple[Value, ...]
    kind: str

    def draw(self, context: DrawContext) -> Value:
        """Choose one."""
        return context.pick(self.kind, self.options)


@dataclasses.dataclass(frozen=True)
class Integers:
    """See `integers` and `seeds`."""

    low: int
    high: int

    def draw(self, context: DrawContext) -> int:
        """Draw one, nearest to zero first."""
        if self.low >= 0 or self.high - self.low > _WIDE:
            return context.pick("integer", range(self.low, self.high + 1))
        return context.pick("integer", sorted(range(self.low, self.high + 1), key=lambda n: (abs(n), n < 0)))


@dataclasses.dataclass(frozen=True)
class SizeOf:
    """See `size_of`."""

    expression: str

    def draw(self, context: DrawContext) -> int:
        """Compute it, drawing the names it uses on first use."""
        return evaluate(self.expression, context)


@dataclasses.dataclass(frozen=True)
class TextWords:
    """See `text_words`."""

    low: int
    high: int

    def draw(self, context: DrawContext) -> str:
        """Draw the words."""
        count = context.pick("integer", range(self.low, self.high + 1))
        return " ".join(context.pick("word", _WORDS) for _ in range(count))


def size_of(name: str) -> SizeOf:
    """The size that a name stands for in this example, as an int; also arithmetic such as `"2*n+1"`.

    >>> from grader.authoring.strategies import sample, tensors
    >>> x, n = sample([tensors("n 2"), size_of("n")], seed=5)
    >>> x.shape == (n, 2)
    True
    """
    names_in(name)
    return SizeOf(name)


def integers(low: int = -10, high: int = 10) -> Integers:
    """An int in low..high, both included.

    >>> from grader.authoring.strategies import sample
    >>> 2 <= sample(integers(2, 4), seed=1) <= 4
    True
    """
    if low > high:
        raise AuthorError(f"integers({low}, {high}): low is greater than high", hint="Swap them.")
    return Integers(low, high)


def seeds() -> Integers:
    """A seed for a random generator: an int in 0..2**31 - 1.

    >>> from grader.authoring.strategies import sample
    >>> 0 <= sample(seeds(), seed=1) < 2**31
    True
    """
    return Integers(0, 2**31 - 1)


def floats(low: float = -4.0, high: float = 4.0) -> Pick:
    """A readable finite float in low..high: the ends and quarters, or a grid where quarters are few.

    >>> from grader.authoring.strategies import sample
    >>> 0.0 <= sample(floats(0, 1), seed=2) <= 1.0
    True
    """
    if not low <= high:
        raise AuthorError(f"floats({low}, {high}): low is greater than high", hint="Swap them.")
    quarters = [n / 4 for n in range(-64, 65) if low <= n / 4 <= high]
    grid = [low + (high - low) * step / 10 for step in range(11)]
    numbers = {float(n) for n in (low, high, *quarters, *(grid if len(quarters) < 8 else ()))}
    ordered: list[float] = sorted(numbers, key=lambda n: (n % 1 != 0, abs(n), n < 0))
    return Pick(tuple(ordered), "float")


def booleans() -> Pick:
    """False or True.

    >>> from grader.authoring.strategies import sample
    >>> sample(booleans(), seed=1) in (False, True)
    True
    """
    return Pick((False, True), "boolean")


def choices(*options: Any) -> Pick:
    """One of the plain values given, the plainest first (a counterexample prefers it).

    >>> from grader.authoring.strategies import sample
    >>> sample(choices("add", "sub"), seed=1) in ("add", "sub")
    True
    """
    if not options:
        raise AuthorError("choices() needs at least one option")
    return Pick(tuple(to_value(option) for option in options), "choice")


def just(value: Any) -> Pick:
    """A constant: plain data, a numpy array or a torch tensor.

    >>> from grader.authoring.strategies import sample
    >>> sample(just([1, 2]), seed=1)
    [1, 2]
    """
    return Pick((to_value(value),), "just")


def text_words(low: int = 1, high: int = 3) -> TextWords:
    """A string of low..high words, some of them not ASCII, with commas or blanks inside.

    >>> from grader.authoring.strategies import sample
    >>> isinstance(sample(text_words(), seed=1), str)
    True
    """
    if not 0 <= low <= high:
        raise AuthorError(f"text_words({low}, {high}): there is no such number of words")
    return TextWords(low, high)
