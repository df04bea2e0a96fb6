"""Right and wrong submissions, and which of them break a ban."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from grader.engine.bans import analyse, parse
from grader.engine.bans.findings import NOT_INSTALLED, SourceFindings

SNIPPETS = Path(__file__).parent / "snippets"
GATHER = ("torch.gather", "torch.take_along_dim")
MAX = tuple(f"torch.{name}" for name in ["max", "amax", "topk", "sort", "argsort", "kthvalue", "cummax", "aminmax"])
LINEAR = ("torch.nn.Linear", "torch.nn.functional.linear")
BANS = {
    "gather": GATHER,
    "max": MAX,
    "linear": LINEAR,
    "apply": ("torch.nn.Module.apply",),
    "autograd": ("torch.autograd", "torch.func"),
    "jacobian": (
        "torch.autograd.functional.jacobian",
        *("torch.func.jacrev", "torch.func.jacfwd", "torch.func.jvp", "torch.autograd.forward_ad"),
    ),
    "softmax": ("torch.*softmax*",),
    "one_hot": ("torch.nn.functional.one_hot", "torch.eye"),
}
SCATTER = ("torch.scatter", "torch.scatter_", "torch.scatter_add", "torch.scatter_add_")


def found(source: str, bans: tuple[str, ...] = (), needs: tuple[str, ...] = (), names: str = "f") -> SourceFindings:
    return analyse(parse([textwrap.dedent(source)]), names.split(), bans, needs)


def snippets(name: str) -> list[object]:
    """The sections of a file: a line `=== title | bans`, then the source."""
    cases: list[object] = []
    for section in (SNIPPETS / f"{name}.txt").read_text().split("\n=== ")[1:]:
        head, source = section.split("\n", 1)
        title, bans = head.split(" | ")
        cases.append(pytest.param(BANS.get(bans, tuple(bans.split())), source, id=title))
    return cases


@pytest.mark.parametrize(("bans", "source"), snippets("forbidden"))
def test_what_breaks_a_ban(bans: tuple[str, ...], source: str) -> None:
    result = found(source, bans)
    assert result.banned
    assert not [one for one in result.unclear if not one.what.startswith(NOT_INSTALLED)]


@pytest.mark.parametrize(("bans", "source"), snippets("allowed"))
def test_what_keeps_a_ban(bans: tuple[str, ...], source: str) -> None:
    assert found(source, bans) == SourceFindings()


@pytest.mark.parametrize(("bans", "source"), snippets("unclear"))
def test_what_hides_what_is_called(bans: tuple[str, ...], source: str) -> None:
    assert found(source, bans).unclear


def test_hiding_in_unreached_code_is_no_matter() -> None:
    source = "def load(path):\n    exec(open(path).read())\ndef f(x, d, i):\n    return x"
    assert found(source, GATHER) == SourceFindings()


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ndef f(x):\n    return torch.einsum('ij->', x)",
        "from torch import einsum as e\ndef f(x):\n    return e('ij->', x).reshape(1)",
        "import torch\nf = lambda x: torch.functional.einsum('ij->', x)",
        "import torch\ndef help(p, *t):\n    return torch.einsum(p, *t)\ndef f(x):\n    return help('ij->', x)",
        "import functools, torch\nt = functools.partial(torch.einsum, 'ij->')\ndef f(x):\n    return t(x)",
        "import torch\nclass E:\n    def __call__(self, x):\n        return torch.einsum('ij->', x)\nf = E()",
    ],
)
def test_a_need_that_is_met(source: str) -> None:
    assert not found(source, needs=("torch.einsum",)).missing_needs


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return x.sum()",
        "def f(x):\n    # torch.einsum\n    return x.sum()",
        "import torch\ndef g(x):\n    return torch.einsum('ij->', x)\ndef f(x):\n    return x.sum()",
        "import numpy as np\ndef f(x):\n    return np.einsum('ij->', x)",
        "def einsum(p, x):\n    return x.sum()\ndef f(x):\n    return einsum('ij->', x)",
    ],
)
def test_a_need_that_is_missed(source: str) -> None:
    assert found(source, needs=("torch.einsum",)).missing_needs


@pytest.mark.parametrize("call", ["z.scatter_(1, i, 1)", "z.scatter(1, i, 1)", "torch.scatter_add(z, 1, i, z)"])
def test_one_of_several_needs_is_enough(call: str) -> None:
    source = f"import torch\ndef f(z, i):\n    return {call}"
    assert not found(source, needs=SCATTER).missing_needs


def test_every_name_of_an_exercise_is_read() -> None:
    source = "import torch\nclass A:\n    def go(self, x):\n        return torch.max(x)\ndef f(x):\n    return x"
    assert found(source, MAX, names="f").banned == ()
    assert found(source, MAX, names="f A").banned


def test_all_methods_of_an_exercise_that_is_a_class_are_read() -> None:
    source = (
        "import torch.nn as nn\nclass L(nn.Module):\n    def later(self, x):\n        return nn.functional.linear(x, x)"
    )
    assert found(source, LINEAR, names="L").banned


def test_cells_are_one_program_and_places_are_told_by_cell() -> None:
    cells = [
        "import torch",
        "def help(x):\n\n    return x.gather(0, x)",
        "!pip install",
        "def f(x):\n    return help(x)",
    ]
    (use,) = analyse(parse(cells), ["f"], GATHER).banned
    assert (use.cell, use.line, use.text) == (1, 3, "return x.gather(0, x)")


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return " + "(" * 60 + "x" + ")" * 60,
        "def f(x):\n    return x" + " + x" * 3000,
        "def f(x):\n" + "".join(f"    x = (x, x, {n})\n" for n in range(200)) + "    return x",
        "def f(x):\n    return f(lambda: f(x))",
        "def f(x, *a):\n    return f((x, a), *a, f)",
        "class A(A):\n    pass\ndef f(x):\n    return A().b.c()",
        "class A:\n    def __getattr__(self, n):\n        return getattr(self, n)\ndef f(x):\n    return A().b",
        "f = g\ng = f",
        "\0",
        "",
    ],
)
def test_odd_sources_never_raise(source: str) -> None:
    found(source, GATHER, ("torch.einsum",))


def test_a_source_too_deep_to_follow_is_unclear() -> None:
    source = "def f(x):\n    return x" + " + x" * 3000
    assert found(source, GATHER).unclear or not parse([source]).bindings
