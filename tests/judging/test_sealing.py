"""Sealed mistakes: opened by making the mistake, by nothing else, and told only where it is really the one."""

from __future__ import annotations

import dataclasses
import random
import zlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy
import pytest

from grader.authoring.exercises import Exercise, Policy, Probe
from grader.judging import sealing
from grader.judging.examples.bank import Bank
from grader.judging.mistakes import same
from grader.judging.recognising import Recogniser
from grader.judging.sealed import read_sealed
from grader.judging.sealing import keys_of
from grader.publishing.seal import sealed_mistake
from grader.records.observations import Meta, Observation, Observed, Raised, encode_observation
from grader.records.text.language import speaking
from grader.records.values import LawfulValue, OpaqueValue, SequenceValue, TensorValue, Value
from tests.judging.checks.test_compare import returned, tensor

ROOT = Path(__file__).parents[2]
SENTENCE = "Divide by the number of rows, not by the number of columns."
TEXTS = {"en": SENTENCE, "ko": "열의 수가 아니라 행의 수로 나누세요."}
PROBE = Probe("mean", lambda submission: None, {}, id="small.mean/mean")
EXERCISE = Exercise("mean", 1.0, [PROBE], ("mean",), id="small.mean")
BANKS = {PROBE.id: Bank(PROBE.id, (b"two", b"one"))}
MISTAKE = (returned(tensor([0.5, 1.7])), returned(tensor([[3.0]])))


def keys(observations: Sequence[Observation], policy: Policy = Policy()) -> list[bytes]:
    pairs = [(b"%d" % place, one) for place, one in enumerate(observations)]
    return keys_of({"p": pairs}, {"p": policy})


def explained(*observations: Observation, exercise: Exercise = EXERCISE) -> str | None:
    bodies = {PROBE.id: [encode_observation(one) for one in MISTAKE]}
    sealed = list(sealed_mistake(EXERCISE, BANKS, bodies, TEXTS))
    came = {PROBE.id: [Observed(encode_observation(one), Meta()) for one in observations]}
    return Recogniser(sealed, BANKS).explain(exercise, came, "cpu")


def test_whoever_makes_the_mistake_is_told() -> None:
    assert explained(*MISTAKE) == SENTENCE
    with speaking("ko"):
        assert explained(*MISTAKE) == TEXTS["ko"]
    assert explained(returned(tensor([0.5, 1.7000003])), MISTAKE[1]) == SENTENCE, "added up in another order"


@pytest.mark.parametrize(
    "others",
    [
        (returned(tensor([0.5, 1.8])), MISTAKE[1]),
        (returned(tensor([0.5, 1.7004])), MISTAKE[1]),  # rounds to the same and is another number
        (MISTAKE[0], returned(tensor([3.0]))),
        (MISTAKE[0], returned(tensor([[3]], "int64"))),
        (MISTAKE[0], returned(tensor([[3.0]]), mutated=("x",))),
        (MISTAKE[0], Observation("raised", error=Raised(("ValueError",), ""))),
        (MISTAKE[0], Observation("timeout")),
        (MISTAKE[1], MISTAKE[0]),
        (MISTAKE[0],),
    ],
)
def test_another_wrong_answer_is_not_told(others: tuple[Observation, ...]) -> None:
    assert explained(*others) is None


def test_what_cannot_be_compared_is_recognised_by_its_type() -> None:
    bodies = {PROBE.id: [encode_observation(returned(OpaqueValue("map")))] * 2}
    recogniser = Recogniser(list(sealed_mistake(EXERCISE, BANKS, bodies, TEXTS)), BANKS)

    def told(kind: str) -> str | None:
        came = [Observed(encode_observation(returned(OpaqueValue(kind))), Meta())] * 2
        return recogniser.explain(EXERCISE, {PROBE.id: came}, "cpu")

    assert told("map") == SENTENCE
    assert told("filter") is None


def test_what_rounds_to_the_same_does_open_the_box() -> None:
    """Without the comparison that follows, a false sentence would be told here."""
    near = keys([returned(tensor([0.5, 1.7004])), MISTAKE[1]])
    assert set(near) & set(keys(MISTAKE))


@pytest.mark.parametrize(("value", "wanted"), [(3.0, True), (3.0000001, True), (4.0, False)])
def test_what_laws_judge_is_compared_too(value: float, wanted: bool) -> None:
    """Or the first mistake of such an exercise would be told of every wrong answer."""
    mistake, came = (encode_observation(returned(LawfulValue(one))) for one in (3.0, value))
    assert same(mistake, came, PROBE) is wanted


def test_another_exercise_is_not_told() -> None:
    other = dataclasses.replace(EXERCISE, id="small.median")
    assert explained(*MISTAKE, exercise=other) is None


def test_reading_the_file_gives_no_sentence() -> None:
    bodies = {PROBE.id: [encode_observation(one) for one in MISTAKE]}
    (sealed,) = sealed_mistake(EXERCISE, BANKS, bodies, TEXTS)
    data = msgspec.msgpack.encode(sealed)
    for text in TEXTS.values():
        for word in text.split():
            assert len(word) < 4 or word.encode() not in data
    with pytest.raises(zlib.error):
        zlib.decompress(sealed.box[sealing._TAG :])


def test_the_order_of_the_examples_does_not_count() -> None:
    pairs = [(b"b", MISTAKE[0]), (b"a", MISTAKE[1])]
    assert keys_of({"p": pairs}, {"p": Policy()}) == keys_of({"p": pairs[::-1]}, {"p": Policy()})


def test_what_cannot_be_compared_has_no_key() -> None:
    assert keys([MISTAKE[0], Observation("timeout")]) == []


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (SequenceValue("list", (1, 2)), SequenceValue("tuple", (1, 2)), True),
        (LawfulValue(3), 3, True),
        (LawfulValue(3), LawfulValue(4), False),
        (float("nan"), float("inf"), False),
        (True, 1, False),
        ("a", "b", False),
        (tensor([1, 2], "int64"), tensor([1, 3], "int64"), False),
        (tensor([0.0, 1e-7]), tensor([0.0, -1e-7]), True),
    ],
)
def test_what_comparison_takes_for_the_same_has_the_same_key(first: Value, second: Value, same: bool) -> None:
    assert bool(set(keys([returned(first)])) & set(keys([returned(second)]))) is same


def _shaken(rng: numpy.random.Generator) -> tuple[Value, Value]:
    """Return a tensor of 400 numbers, and the same with errors of the size that another order of additions makes."""
    values = rng.normal(size=400) * 10.0 ** rng.integers(-3, 4)
    noise = 3e-7 * rng.uniform(-1, 1, size=400) * numpy.abs(values).max()
    return tuple(TensorValue("float32", (400,), one.astype("<f4").tobytes()) for one in (values, values + noise))  # type: ignore[return-value]  # two of them


def _missed(trials: int) -> int:
    rng = numpy.random.default_rng(random.Random(7).randrange(1 << 30))
    pairs = [_shaken(rng) for _ in range(trials)]
    return sum(not set(keys([returned(one)])) & set(keys([returned(other)])) for one, other in pairs)


def test_rounding_errors_leave_one_of_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _missed(100) == 0
    monkeypatch.setattr(sealing, "ROUNDINGS", 1)
    assert _missed(100) > 0, "one way of rounding is not enough"


@pytest.mark.parametrize("assignment", sorted(path.parent.name for path in ROOT.glob("solutions/*/mistakes.py")))
def test_nearly_all_mistakes_of_the_course_can_be_recognised(assignment: str) -> None:
    """Left out is what does on the public examples what is expected, or does not end on one of them."""
    sealed = read_sealed(ROOT, assignment)
    assert sealed is not None
    written = (ROOT / "solutions" / assignment / "mistakes.py").read_text(encoding="utf-8").count("\n@mistake(")
    assert len(sealed.mistakes) >= 0.95 * written
