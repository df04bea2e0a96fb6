"""What the module level of a submission binds."""

from __future__ import annotations

import pytest

from grader.engine.bans import analyse, parse
from grader.engine.bans.machine import MOST_STEPS
from grader.engine.bans.parsed import CELL_STRIDE
from grader.engine.bans.reader import read


def test_a_later_definition_replaces_and_a_conditional_one_adds() -> None:
    source = parse(["def f(): pass\ndef f(): pass\nif x:\n    f = 3"])
    assert [binding.strong for binding in source.bindings["f"]] == [True, True, False]


def test_cells_that_cannot_be_parsed_are_left_out() -> None:
    assert list(parse(["a = 1", "a = (", "b = 2", "\0"]).bindings) == ["a", "b"]


def test_what_stands_under_main_is_left_out() -> None:
    assert list(parse(["a = 1\nif __name__ == '__main__':\n    a = 2\n    b = 3"]).bindings) == ["a"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_python_counts_them(end: str) -> None:
    source = parse(["x = 1", end.join(["a = '\x0c'", "b = 2"])])
    assert source.text(CELL_STRIDE + 2) == "b = 2"
    assert source.bindings["b"][0].statement.lineno == CELL_STRIDE + 2


def test_names_that_functions_declare_global_are_bound() -> None:
    assert "g" in parse(["def setup():\n    global g\n    g = 1"]).bindings


def test_what_branches_too_much_is_read_coarsely() -> None:
    arguments = ", ".join(f"p{n}" for n in range(8))
    calls = "".join(f"    f({', '.join('[]' if n == m else f'p{n}' for n in range(8))})\n" for m in range(8))
    source = f"def f({arguments}):\n{calls}    return p0.gather(0, p1)"
    machine = read(parse([source]), ["f"])
    assert machine.coarse
    assert not machine.unclear
    assert analyse(parse([source]), ["f"], ["torch.gather"]).banned


def test_what_is_too_long_to_follow_is_unclear() -> None:
    source = "def f(x):\n" + "    x = x + 1 + 2 + 3\n" * (MOST_STEPS // 6)
    assert [one.what for one in analyse(parse([source]), ["f"], ["torch.gather"]).unclear] == [
        "code too intricate to follow"
    ]


@pytest.mark.parametrize("line", [f"T = [{', '.join(f'{n} + 1' for n in range(20_000))}]", f"T = math{'.a' * 600}"])
def test_the_line_that_is_too_much_is_named(line: str) -> None:
    source = f"import math\n{line}\n\n\ndef f(x):\n    y = T[x]\n    return y\n"
    (unclear,) = analyse(parse([source]), ["f"], ["torch.gather"]).unclear
    assert (unclear.what, unclear.line) == ("code too intricate to follow", 2)
    assert len(unclear.text) < 250
