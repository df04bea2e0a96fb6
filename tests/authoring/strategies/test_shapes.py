from __future__ import annotations

from random import Random

import pytest

from grader.authoring.strategies.context import DrawContext
from grader.authoring.strategies.shapes import evaluate, names_in, tokens
from grader.authoring.strategies.sources import RandomSource
from grader.records.errors import AuthorError


def context(**sizes: int) -> DrawContext:
    return DrawContext(RandomSource(Random(1)), sizes=dict(sizes))


@pytest.mark.parametrize(
    ("expression", "size"), [("3", 3), ("n", 4), ("n+1", 5), ("2*n-m", 6), ("n//3", 1), ("(n+1)*2", 10), ("-1+n", None)]
)
def test_arithmetic(expression: str, size: int | None) -> None:
    if size is None:
        with pytest.raises(AuthorError, match="is no size"):
            evaluate(expression, context(n=4, m=2))
    else:
        assert evaluate(expression, context(n=4, m=2)) == size


@pytest.mark.parametrize(
    "word", ["n n", "a.b", "n**2", "f(n)", "n[0]", "1.5", "lambda: n", "__import__('os')", "", "True"]
)
def test_nothing_but_sums_products_and_quotients(word: str) -> None:
    with pytest.raises(AuthorError, match="is no size"):
        names_in(word)


def test_words() -> None:
    assert tokens("") == ()
    assert tokens(" b  ~t *rest n//2 ") == ("b", "~t", "*rest", "n//2")
    assert names_in("~t+n*n") == ("~t", "n")


def test_a_size_drawn_once_stays() -> None:
    one = context()
    assert evaluate("n", one) == evaluate("n", one) == one.sizes["n"]


def test_division_by_zero_is_the_authors() -> None:
    with pytest.raises(ZeroDivisionError):
        evaluate("n//m", context(n=1, m=0))
