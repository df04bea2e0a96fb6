"""Sources made to cost the reader time or memory: constants are not computed, and whatever is left has an end."""

from __future__ import annotations

import resource

import pytest

from grader.engine.bans import SourceFindings, analyse, parse
from grader.engine.bans.folding import fold, fold_joined
from grader.engine.bans.values import STRANGE, constant

GATHER = ("torch.gather",)
LITTLE = 64 << 20

LARGE_CONSTANTS = {
    "format": "'{:>3000000000}'.format('a')",
    "format by an argument": "'{:{}}'.format('a', '3000000000')",
    "format of a number": "format('a', '>3000000000')",
    "percent": "'%10000000000d' % 1",
    "percent by an argument": "'%*d' % (3000000000, 1)",
    "percent of bytes": "b'%10000000000d' % 1",
    "f-string": "f'{\"a\":>3000000000}'",
    "f-string in an f-string": "f'{\"a\":>{3000000000}}'",
    "repetition": "'gather' * 10**10",
    "repetition of a long text": "'" + "g" * 100_000 + "' * 10000",
    "repetition the other way": "10000 * ('a' * 9999)",
    "list": "[1] * 10**10",
    "power": "9 ** 9 ** 9",
    "shift": "1 << 10**10",
    "digits": "str(0x" + "f" * 3_000 + ")",
    "product of digits": "0x" + "f" * 50_000 + " * 0x" + "f" * 50_000,
    "filling": "'a'.zfill(10**10)",
    "centring": "'a'.center(10**10)",
    "tabs": "'\\t'.expandtabs(10**10)",
    "replacement": "('a' * 200).replace('', 'b' * 200).replace('', 'c' * 200)",
    "joining": "('a' * 200).join(['b' * 200] * 10**9)",
    "translation": "'a'.translate({97: 'a' * 10**9})",
    "doubling": "+".join(["'a' * 199"] * 300),
    "splitting": "('a ' * 10**9).split()",
    "bytes": "bytes(10**10)",
    "range": "list(range(10**10))",
    "slice": "'abc'[::10**30]",
    "named fields": "__import__('collections').namedtuple('T', 'a ' * 10**9)",
}
SHAPES = {
    "deep lists": lambda n: "[" * 80 + "x" + "]" * 80,
    "long sum": lambda n: "x" + " + x" * n,
    "many calls": lambda n: "f" + "(x)" * 90,
    "wide dict": lambda n: "{" + "".join(f"'k{i}': x, " for i in range(n)) + "}",
    "wide union": lambda n: "[" + "".join(f"'k{i}', " for i in range(n)) + "]",
    "nested comprehensions": lambda n: "[" * 20 + "x" + "".join(f" for a{i} in x]" for i in range(20)),
}


def found(source: str) -> SourceFindings:
    return analyse(parse([source]), ["f"], GATHER)


@pytest.mark.parametrize("text", LARGE_CONSTANTS.values(), ids=list(LARGE_CONSTANTS))
def test_large_constants_are_not_computed(text: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = found(f"import torch\ndef f(x, i):\n    return getattr(torch, {text})(x, 1, i)")
    assert result.unclear or result.banned
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < LITTLE


@pytest.mark.parametrize("name", list(SHAPES))
def test_wide_and_deep_expressions_have_an_end(name: str) -> None:
    found(f"def f(x, i):\n    return {SHAPES[name](5000)}")


@pytest.mark.parametrize(
    "source",
    [
        "a0 = 'a'\n"
        + "".join(f"a{n + 1} = a{n} + a{n}\n" for n in range(3000))
        + "def f(x):\n    return getattr(x, a3000)",
        "a0 = (1, 1)\n" + "".join(f"a{n + 1} = (a{n}, a{n})\n" for n in range(900)) + "def f(x):\n    return a900",
        "def f0(x):\n    return x\n"
        + "".join(f"def f{n + 1}(x):\n    return f{n}(f{n}(x))\n" for n in range(500))
        + "f = f500",
        "".join(
            f"def g{n}(x):\n    return g{(n * 7 + 1) % 400}(x) or g{(n * 3 + 2) % 400}((x, x))\n" for n in range(400)
        )
        + "f = g0",
        "def g():\n" + "    global x\n" * 2000 + "    x = 1\n" * 2000 + "f = g",
        "def g(h):\n    z.append(h)\n"
        + "    z.append(1)\n" * 3000
        + "z = []\n"
        + "@g\n" * 3000
        + "def f(x):\n    return z",
        "class A0: pass\n" + "".join(f"class A{n + 1}(A{n}, A{n}): pass\n" for n in range(300)) + "f = A300",
        "def f(x):\n" + "".join(f"{' ' * (d + 1) * 1}if x:\n" for d in range(90)) + " " * 92 + "return x",
        "def f(x):\n    match x:\n        case " + "[" * 90 + "a" + "]" * 90 + ":\n            return a",
        "def f(x):\n    match x:\n        case " + " | ".join(str(n) for n in range(9000)) + ":\n            return x",
    ],
    ids=["texts", "tuples", "functions", "web", "global", "decorators", "classes", "branches", "patterns", "choices"],
)
def test_exponential_aliases_and_webs_have_an_end(source: str) -> None:
    found(source)


def test_short_constants_are_still_followed() -> None:
    assert fold("format", "{}{}", "gat", "her") == constant("gather")
    assert fold("Mod", "%s", "gather") == constant("gather")
    assert fold_joined("t", ["ga", "her"]) == constant("gather")
    assert fold("Add", "a" * 150, "b" * 150) == STRANGE
