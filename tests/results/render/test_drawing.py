"""The drawing of two tensors: what is drawn, what is marked, and where the text stays."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console
from rich.text import Text

from grader.results.render.drawing import Drawing, grid_of, wrong_entries
from tests import snapshot
from tests.judging.checks.test_messages import in_both

PAIRS = [
    ("tensor([1, 2, 3])", "tensor([1, -20, 3])"),
    ("tensor([[1., 2.], [3., 14.]])", "tensor([[1., 2.5], [3., 14.]], requires_grad=True)"),
    ("tensor([[[1, 2]], [[3, 4]]])", "tensor([[[1, 2]], [[3, 5]]])"),
    ("array([[True, False]])", "array([[True, True]])"),
    ("tensor([nan, inf, 1.])", "tensor([nan, -inf, nan])"),
]
TEXT = "the text"


def shown(expected: str, got: str, width: int = 80, *, colour: bool = True, no_color: bool = False) -> str:
    system = "standard" if colour else None
    buffer = io.StringIO()
    console = Console(file=buffer, width=width, force_terminal=colour, color_system=system, no_color=no_color)
    console.print(Drawing(expected, got, Text(TEXT)))
    return Text.from_ansi(buffer.getvalue()).plain.rstrip("\n")


def test_drawings() -> None:
    def told() -> Iterator[str]:
        for pair in PAIRS:
            yield shown(*pair)

    snapshot.check("drawing.txt", in_both(told))


def test_text_stays_where_a_drawing_has_no_place() -> None:
    pair = PAIRS[1]
    assert shown(*pair, colour=False) == TEXT, "in a pipe"
    assert shown(*pair, no_color=True) == TEXT, "under NO_COLOR"
    assert shown(*pair, width=27) == TEXT, "in a narrow terminal"
    assert shown(*pair, width=28) != TEXT
    assert shown("tensor([1, 2])", "tensor([1, 2, 3])") == TEXT, "of other shapes"
    assert shown("tensor([1, 2])", "None") == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "tensor(3)",
        "tensor([])",
        "tensor([[1, 2], [3]])",
        "tensor([[[[1]]]])",
        "tensor of shape (300,), int64: 0, ... (299 more)",
        "[tensor([1])]",
        "tensor([1]) tensor([2])",
        "\x1b[2J",
    ],
)
def test_what_is_no_small_tensor_is_not_drawn(text: str) -> None:
    assert grid_of(text) is None


@pytest.mark.parametrize(
    ("expected", "got", "wrong"),
    [
        ("tensor([1., 2.])", "tensor([1.0000001, 3.])", [False, True]),
        ("tensor([1., 2.], dtype=float64)", "tensor([1.0000001, 2.], dtype=float64)", [True, False]),
        ("tensor([1., 2.])", "tensor([1.0000001, 2.])", [True, False]),
        ("tensor([1.+2.j])", "tensor([1.+3.j])", [True]),
    ],
)
def test_rounding_is_not_marked_where_something_else_differs(expected: str, got: str, wrong: list[bool]) -> None:
    first, second = grid_of(expected), grid_of(got)
    assert first is not None
    assert second is not None
    assert wrong_entries(first, second) == wrong
