"""Each kind of mutation makes what its name says, and nothing that means the same."""

from __future__ import annotations

import pytest

from grader.publishing.mutants.kinds import KINDS
from tests.publishing.mutants.making import changed

CASES = [
    ("operator", ["return x - y"], {"return x + y", "return x", "return y", "return y - x"}),
    ("operator", ["x += y", "return x"], {"x -= y", "x = y"}),
    ("operator", ["return -x * y"], {"return -x / y", "return -x + y", "return -x", "return y", "return x * y"}),
    ("comparison", ["return x < y"], {"return x <= y", "return x > y"}),
    ("comparison", ["return x is None"], {"return x is not None"}),
    (
        "condition",
        ["return [a for a in x if a]"],
        {f"return [a for a in x if {other}]" for other in ("(not a)", "True", "False")},
    ),
    ("condition", ["return x and y"], {"return x or y", "return x", "return y"}),
    ("condition", ["return x if y else 0"], {"return x", "return 0"}),
    ("dimension", ["return x.sum(dim=1)"], {"return x.sum(dim=0)", "return x.sum(dim=-1)"}),
    ("constant", ["return x[3]"], {"return x[4]", "return x[2]"}),
    ("constant", ["return x(True)"], {"return x(False)"}),
    ("constant", ["return x + 0.5"], {"return x + 1.5", "return x + 0.25"}),
    ("string", ["return x['key']"], {"return x['keyX']", 'return x[""]'}),
    ("string", ["return x('ij->i', y)"], {'return x("ij->", y)', 'return x("ji->i", y)', 'return x("ij->j", y)'}),
    ("function", ["return x.mean()"], {"return x.sum()"}),
    ("function", ["return sorted(x)"], {"return list(x)"}),
    ("argument", ["return x(1, y)"], {"return x(y, 1)", "return x(1)"}),
    ("argument", ["return min(x, y)"], {"return min(x)"}),
    ("keyword", ["return x(a=y, device=y)"], {"return x(device=y)"}),
    ("bound", ["return x[y:]"], {"return x[:]", "return x[y - 1:]", "return x[y + 1:]"}),
    ("bound", ["return list(range(x))"], {"return list(range(x - 1))", "return list(range(x + 1))"}),
    ("loop", ["return [a for a in x]"], {"return [a for a in list(x)[1:]]", "return [a for a in list(x)[:-1]]"}),
    ("gradient", ["return x.detach()"], {"return x", "return x.clone()"}),
    ("gradient", ["with torch.no_grad():", "    return x"], {"if True:"}),
    ("cast", ["return x.float()"], {"return x"}),
    ("cast", ["return x.to(y.device)"], set()),
    ("shape", ["return x.unsqueeze(0)"], {"return x"}),
    ("mode", ["return x.eval()"], {"return x.train()"}),
    ("mode", ["return x(y.training)"], {"return x(True)", "return x(False)"}),
    ("container", ["return list(x)"], {"return x"}),
    ("container", ["return x, y"], {"return y, x"}),
    ("return", ["z = x + y", "return z"], {"return x", "return y"}),
    ("error", ["raise ValueError('no')"], {"raise RuntimeError('no')"}),
    ("statement", ["x.append(y)", "return x"], {"pass"}),
    ("statement", ["z = x", "return z"], set()),
    (
        "state",
        ["x.register_buffer('a', y)"],
        {
            "setattr(x, 'a', y)",
            "x.register_parameter('a', torch.nn.Parameter(y))",
            "x.register_buffer('a', y, persistent=False)",
        },
    ),
    (
        "state",
        ["return nn.Parameter(x)"],
        {"return x", "return nn.Buffer(x)", "return nn.Parameter(x, requires_grad=False)"},
    ),
]


@pytest.mark.parametrize(("kind", "lines", "expected"), CASES, ids=[f"{case[0]}: {case[1][0]}" for case in CASES])
def test_a_kind_makes_what_it_should(kind: str, lines: list[str], expected: set[str]) -> None:
    assert set(changed(*lines, kind=kind)) == expected


def test_every_kind_is_tested() -> None:
    assert {kind for kind, _, _ in CASES} == KINDS.keys()


def test_texts_of_errors_are_left_alone() -> None:
    found = changed("if x:", "    raise ValueError('at least 1 is needed')", "return y")
    assert found
    assert not [new for new in found if "needed" in new and "at least 1 is needed" not in new]


def test_a_loop_never_becomes_endless_by_its_condition() -> None:
    found = changed("while x < y:", "    x += 1", "return x", kind="condition")
    assert found == ["while not x < y:", "while False:"]
