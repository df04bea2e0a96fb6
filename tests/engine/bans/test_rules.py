"""Rules on how an answer is written: allow-lists, loops, numpy, lines; what was given, and earlier answers."""

from __future__ import annotations

import pytest

from grader.engine.bans import analyse, decide, parse
from grader.engine.bans.stub_code import given_by
from grader.records.rules import Given, Only, Rules

PUZZLE = Rules(Only(("torch.arange", "torch.where"), operators=True, indexing=True), True, True, 1)
BARE = Rules(Only(("torch.sum",)))
LOOPS, NUMPY = Rules(no_loops=True), Rules(no_numpy=True)
START = "import torch, functools, itertools\nimport numpy as np\nfrom torch import Tensor\n"
STUB = """
import torch

def helper(n):
    return torch.tensor(range(n))

def ones(n):
    raise NotImplementedError

def outer(a, b):
    x = torch.clone(a)
    raise NotImplementedError
"""


def told(
    source: str, rules: Rules = Rules(), *, bans: tuple[str, ...] = (), given: Given = Given(), name: str = "f"
) -> list[str]:
    static = analyse(parse([source]), [name], bans, rules=rules, given=given)
    return [message for _, message in decide(static, (), bans, (), rules)]


@pytest.mark.parametrize(
    ("rules", "source"),
    [
        (PUZZLE, "def f(a: Tensor, b: Tensor) -> Tensor:\n    '''Why.'''\n    return a[:, None] * b[None]"),
        (PUZZLE, "def f(n): return torch.where(torch.arange(n, dtype=torch.int64) > 2, 1, -n)"),
        (PUZZLE, "f = lambda x: x.where(x > 0, x.shape[0])"),
        (PUZZLE, "def g(x): return torch.outer(x, x)\ndef f(x): return x + x.size(0)"),
        (BARE, "def f(x): return x.sum() if x is not None else -1"),
        (BARE, "import torch as t\ndef f(x):\n    s = t.sum\n    return s(x, dtype=t.float32)"),
        (BARE, "def f(x):\n    found = []\n    found.append(x)\n    return torch.sum(found)"),
        (LOOPS, "def f(x): return torch.stack(list(x))"),
        (NUMPY, "def f(x): return x.tolist()"),
        (Rules(lines=2), "def f(x):\n    '''One.'''\n    y = (x +\n        1)\n    return y"),
    ],
)
def test_what_keeps_the_rules(rules: Rules, source: str) -> None:
    assert told(START + source, rules) == []


@pytest.mark.parametrize(
    ("rules", "source", "what"),
    [
        (
            PUZZLE,
            "def f(a, b): return torch.outer(a, b)",
            "line 4 uses torch.outer, and this exercise allows only torch.arange,",
        ),
        (PUZZLE, "def f(a, b): return a.outer(b)", "uses x.outer, and this exercise allows only"),
        (PUZZLE, "g = torch.outer\ndef f(a, b): return g(a, b)", "line 5 uses torch.outer"),
        (PUZZLE, "def g(a): return a.sum()\ndef f(a): return g(a)", "line 4 uses x.sum"),
        (
            PUZZLE,
            "def f(x):\n    y = x\n    return y",
            "the answer takes 2 lines of its own, and this exercise allows 1",
        ),
        (PUZZLE, "def f(x): y = x; return y", "the answer takes 2 lines"),
        (PUZZLE, "def g(x): return x\ndef f(x): return g(x)", "the answer takes 2 lines"),
        (PUZZLE, "def f(x): return eval('x.sum()')", "line 4 uses eval, which hides"),
        (PUZZLE, "def f(x): return eval(x)", "which hides what is called"),
        (BARE, "def f(x): return x + 1", "uses +, and this exercise allows only torch.sum"),
        (BARE, "def f(x):\n    x *= 2\n    return x", "uses *, and"),
        (BARE, "def f(x): return x[0]", "uses [...], and this exercise allows only torch.sum: def f(x): return x[0]"),
        (BARE, "def f(x): return x.__getitem__(0)", "uses x.__getitem__, and"),
        (BARE, "def f(x): return torch.int64(x)", "uses torch.int64, and"),
        (Rules(Only()), "def f(x): return torch.sum(x)", "allows only shapes and types: "),
        (LOOPS, "def f(x):\n    for y in x: pass", "line 5 uses for, which this exercise forbids"),
        (LOOPS, "def f(x):\n    while x: pass", "uses while, which"),
        (LOOPS, "def f(x): return [y for y in x]", "uses a comprehension, which"),
        (LOOPS, "m = map\ndef f(x): return list(m(abs, x))", "uses map, which"),
        (LOOPS, "def f(x): return functools.reduce(max, x)", "uses functools.reduce, which"),
        (LOOPS, "def f(x): return itertools.accumulate(x)", "uses itertools.accumulate, which"),
        (LOOPS, "def f(n): return f(n - 1) if n else 0", "uses f in itself, which"),
        (NUMPY, "def f(x): return np.outer(x, x)", "uses numpy.outer, which"),
        (NUMPY, "def f(x):\n    import numpy\n    return numpy.sum(x)", "uses numpy"),
        (NUMPY, "def f(x): return x.numpy()", "uses x.numpy, which"),
    ],
)
def test_what_breaks_the_rules(rules: Rules, source: str, what: str) -> None:
    assert any(what in message for message in told(START + source, rules)), told(START + source, rules)


def test_what_the_stub_holds_is_not_the_students() -> None:
    given = given_by([STUB])
    assert given.statements == tuple(sorted(given.statements))  # the same stub gives the same bytes
    answer = "def outer(a, b):\n    x = torch.clone(a)\n    return helper(2)[:, None] * b\n"
    whole = STUB.replace(STUB[STUB.index("def outer") :], answer)
    rules = Rules(Only(operators=True, indexing=True), lines=1)
    assert told(whole, rules, given=given, name="outer") == []
    assert told(whole, rules, bans=("torch.tensor", "torch.clone"), given=given, name="outer") == []
    changed = whole.replace("range(n)", "range(n + 0)")  # no longer what was given
    assert "torch.tensor" in told(changed, rules, given=given, name="outer")[0]
    moved = whole.replace("return helper(2)[:, None] * b", "return torch.clone(a)[:, None] * b")
    assert "torch.clone" in told(moved, rules, given=given, name="outer")[0]


ONES = "import torch\n\ndef ones(n):\n    return torch.ones(n)\n"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        (f"{ONES}def outer(a, b):\n    return ones(3) * a\n", True),
        (
            "import torch\ndef h(n): return torch.ones(n)\ndef ones(n): return h(n)\ndef outer(a, b): return ones(a)\n",
            True,
        ),
        (f"{ONES}def outer(a, b):\n    return torch.ones(3)\n", False),
        (
            "import torch\ndef h(n): return torch.ones(n)\ndef ones(n): return h(n)\ndef outer(a, b): return h(a)\n",
            False,
        ),
        ("import torch\ndef ones(n, x=1):\n    return torch.ones(n)\ndef outer(a, b):\n    return ones(a)\n", False),
        (f"{ONES}ones.hidden = torch.ones\ndef outer(a, b):\n    return ones.hidden(3)\n", False),
        (f"{ONES}alias = ones\nalias.hidden = torch.ones\ndef outer(a, b):\n    return ones.hidden(3)\n", False),
        (f"{ONES}def outer(a, b):\n    return a\ndef third(a):\n    return outer(a, a)\n", True),
    ],
)
def test_an_earlier_answer_is_judged_by_itself(source: str, kept: bool) -> None:
    messages = told(source, bans=("torch.ones",), given=given_by([STUB]), name="outer")
    assert (messages == []) == kept, messages


def test_a_later_answer_is_no_way_around_a_ban() -> None:
    source = "import torch\ndef ones(n):\n    return outer(n, n)\ndef outer(a, b):\n    return torch.ones(a)\n"
    assert told(source, bans=("torch.ones",), given=given_by([STUB]), name="ones")


def test_what_an_earlier_answer_calls_while_it_runs_is_forgiven() -> None:
    source = f"{ONES}def outer(a, b):\n    return ones(3) * a\n"
    static = analyse(parse([source]), ["outer"], ["torch.ones"], given=given_by([STUB]))
    assert static.forgiven == ("torch.ones",)
    assert list(decide(static, ("torch.ones",), ["torch.ones"], [])) == []
