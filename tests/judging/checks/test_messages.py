"""Every sentence that a check can say, in every language, as people read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.authoring.exercises import Policy
from grader.engine.bans import analyse, decide, parse
from grader.engine.sandbox.exits import describe
from grader.engine.sandbox.limits import Limits
from grader.judging.checks import compare
from grader.judging.load_failures import LoadFailure, undefined
from grader.records.observations import Observation, Raised
from grader.records.text.language import speaking
from grader.records.values import ArrayValue, MappingValue, OpaqueValue, SequenceValue
from tests import snapshot
from tests.judging.checks.test_compare import returned, tensor

ONE, TWO = tensor([1.0, 2.0]), tensor([1.0, 5.0])
NAN = float("nan")
KEY_ERROR = Observation("raised", error=Raised(("KeyError",), "k", 1, ""))
UNDECIDED = ("을(를)", "이(가)", "은(는)", "과(와)", "(으)로", "(이)")
PAIRS = [
    (returned(3), returned(4)),
    (returned(0.5), returned(0.75)),
    (returned(3), returned("3")),
    (returned(ONE), returned(None)),
    (returned(ONE), returned(TWO)),
    (returned(tensor(7)), returned(tensor(8))),
    (returned(tensor([1, 2], "int64")), returned(tensor([3, 4], "int64"))),
    (returned(tensor([[True, False]], "bool")), returned(tensor([[True, True]], "bool"))),
    (returned(ONE), returned(tensor([NAN, 2.0]))),
    (returned(ONE), returned(tensor([[1.0, 2.0]]))),
    (returned(ONE), returned(tensor([1, 2], "int64"))),
    (returned(ONE), returned(tensor([1.0, 2.0], device="cuda:0"))),
    (returned(tensor([1.0], requires_grad=True)), returned(tensor([1.0]))),
    (returned(tensor([1.0])), returned(tensor([1.0], requires_grad=True))),
    (returned(tensor([1.0], kind="parameter")), returned(tensor([1.0]))),
    (returned(ArrayValue("uint8", (1,), b"\1")), returned(ONE)),
    (returned(SequenceValue("list", (1, 2))), returned(SequenceValue("list", (1,)))),
    (returned(SequenceValue("list", (1, 2))), returned(SequenceValue("set", (1, 2)))),
    (returned(SequenceValue("tuple", (ONE,))), returned(SequenceValue("tuple", (TWO,)))),
    (returned(MappingValue((("a", 1),))), returned(MappingValue((("b", 1),)))),
    (returned(MappingValue((("a", 1),))), returned(ONE)),
    (returned(1), returned(OpaqueValue("Widget"))),
    (returned(ONE, gradients=(("x", ONE),)), returned(ONE, gradients=(("x", TWO),))),
    (returned(ONE, gradients=(("x", ONE),)), returned(ONE, gradients=(("x", None),))),
    (returned(ONE, gradients=(("x", None),)), returned(ONE, gradients=(("x", ONE),))),
    (returned(ONE), returned(ONE, mutated=("x",))),
    (returned(ONE), returned(ONE, aliased=(("result", "image"),))),
    (returned(ONE), returned(ONE, rng_moved=("torch", "numpy"))),
    (returned(1), Observation("raised", error=Raised(("ValueError",), "no", 3, "raise ValueError('no')"))),
    (returned(1), Observation("raised", error=Raised(("IndexError",), "", 2, "x[3]", 4))),
    (returned(1), Observation("raised", error=Raised(("TypeError",), "no", None, ""))),
    (Observation("raised", error=Raised(("KeyError",), "k", 1, "")), returned(1)),
    (
        Observation("raised", error=Raised(("KeyError",), "k", 1, "")),
        Observation("raised", error=Raised(("OSError",), "o", 7, "f()")),
    ),
    (returned(1), Observation("missing", detail="total")),
]
BANNED = "import torch\n\n\ndef pick(x, i):\n    return x.gather(0, i)\n"
HIDING = "def pick(x, i):\n    return getattr(x, i)(0)\n"


def told() -> Iterator[str]:
    """Yield what is said of each pair, of sources that break a ban, of names that are missing, and of ends."""
    for expected, actual in PAIRS:
        for finding in compare(expected, actual, Policy()):
            yield " | ".join(filter(None, (finding.message, finding.expected, finding.actual)))
    for source in (BANNED, HIDING):
        for _, message in decide(analyse(parse([source]), ["pick"], ["torch.gather"]), [], ["torch.gather"], []):
            yield message
    yield undefined(["total"], [LoadFailure("", "it", frozenset({"total"}))], [], []).message
    yield undefined(["total"], [], ["totl"], []).message
    yield undefined(["row_sums", "total"], [], [], []).message
    for status in (3 << 8, 9, 11):
        yield describe(status, ours=False, grown_bytes=0, cpu_seconds=0.0, limits=Limits()).status


def in_both(say: Callable[[], Iterator[str]]) -> str:
    """Return what is said in English and in Korean, line below line."""
    with speaking("en"):
        english = list(say())
    with speaking("ko"):
        korean = list(say())
    assert len(english) == len(korean)
    return "\n".join(f"{first}\n{second}\n" for first, second in zip(english, korean, strict=True))


def test_what_checks_say() -> None:
    snapshot.check("messages.txt", in_both(told))


def test_no_sentence_stays_english() -> None:
    with speaking("ko"):
        korean = list(told())
    unspoken = [text for text in korean if not any("가" <= letter <= "힣" for letter in text)]
    assert unspoken == []
    assert not [text for text in korean if any(pair in text for pair in UNDECIDED)]
