"""Mutants: where they are made, that they compile and differ, and that the same ones are made every time."""

from __future__ import annotations

import ast

import pytest

from grader.publishing.mutants.generate import make_mutants, sample
from grader.records.errors import AuthorError
from tests.publishing.mutants.making import changed, exercise, mutants, solution

CLASS = '''\
class Box:
    """Holds 1 thing."""

    size: int = 1

    def __init__(self, size: "int" = 2) -> None:
        ### BEGIN SOLUTION
        self.size: "list[1]" = [size]
        ### END SOLUTION

    def grow(self, by=3):
        """Add 4."""
        return self.size + 5
'''


def test_only_solutions_are_mutated() -> None:
    found = make_mutants("small", ["import torch\nn = 1\n", CLASS], [exercise("Box")])
    assert [mutant.new for mutant in found] == ["pass"]


def test_annotations_imports_docstrings_and_f_strings_are_left_alone() -> None:
    lines = ['"""At 1."""', "import math", "def g(a: 2) -> 3:", '    """At 4."""', "    return f'{a + 5}'", "return g"]
    assert not changed(*lines, signature="def f():")


def test_all_compile_and_no_two_are_alike() -> None:
    found = mutants("for a in range(1, x):", "    if a % 2 == 0 and a > y:", "        return a", "return -1")
    assert len(found) > 30
    for mutant in found:
        ast.parse(mutant.after)
        assert mutant.before != mutant.after
    assert len({ast.unparse(ast.parse(mutant.after)) for mutant in found}) == len(found)


def test_what_compiles_to_the_same_is_dropped() -> None:
    assert "return x - (-1)" not in changed("return x - -1")
    assert not changed("return x + 0 if False else x", kind="nothing")


def test_the_same_ones_are_made_every_time() -> None:
    lines = ["x.sort()", "return [a * 2 for a in x if a > y][1:3]"]
    assert mutants(*lines)[0].exercises[0].id == "small.f"
    first, second = mutants(*lines), mutants(*lines)
    assert [(one.kind, one.after) for one in first] == [(one.kind, one.after) for one in second]
    assert [one.after for one in sample(first, 5)] == [one.after for one in sample(second, 5)]


def test_a_sample_takes_every_kind_first_and_keeps_the_order() -> None:
    made = mutants("x.sort()", "return [a * 2 - 1 for a in x if a > y][1:3]")
    kinds = {mutant.kind for mutant in made}
    some = sample(made, len(kinds))
    assert {mutant.kind for mutant in some} == kinds
    assert some == [mutant for mutant in made if mutant in some]
    assert len(sample(made, 10_000)) == len(made)


def test_a_helper_counts_for_all_that_use_it() -> None:
    helper = "def half(x):\n    ### BEGIN SOLUTION\n    return x // 2\n    ### END SOLUTION\n"
    cells = [helper, solution("return half(x)"), "def g(x):\n    return f(x, 1)\n", "def h(x):\n    return x\n"]
    found = make_mutants("small", cells, [exercise("f"), exercise("g"), exercise("h")])
    assert {one.id for one in found[0].exercises} == {"small.f", "small.g"}
    assert found[0].defines == "half"


def test_a_solution_that_nobody_asks_for_is_the_authors_fault() -> None:
    with pytest.raises(AuthorError) as caught:
        make_mutants("small", [solution("return x")], [exercise("g")])
    assert str(caught.value) == ("small: no exercise uses f\nAsk for it in checks.py, or take it out of the solution.")


def test_the_diff_shows_the_line_of_the_file() -> None:
    mutant = next(one for one in mutants("z = x", "return z + y") if one.new == "return z - y")
    assert mutant.diff(offset=100).split("\n") == [
        "--- f",
        "+++ f (operator)",
        "@@ line 104 @@",
        "     z = x",
        "-    return z + y",
        "+    return z - y",
        "     ### END SOLUTION",
    ]
    assert mutant.cells(["a", "b"]) == (mutant.after, "b")


def test_changes_keep_letters_beyond_ascii() -> None:
    found = mutants("é = '한국어'  # ünï", "return x + y  # ça")
    assert any(one.after.endswith("return x - y  # ça\n    ### END SOLUTION\n") for one in found)
