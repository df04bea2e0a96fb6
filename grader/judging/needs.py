"""Whether a result is really made by the functions that an exercise needs.

The flow is cut: when every call of a needed function answers as it did for another example of the same shape, the whole
result must be that other example's; then nothing went around it. The graded calls are watched too, and where
something looks as if it went around, the whole sequence of graded calls is gone through again in fresh runners,
each call cut in its own place: no submission can tell which of them counts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from grader.authoring.exercises import Exercise, Probe
from grader.engine.session import Session
from grader.judging import perturbing
from grader.judging.altered_examples import Follows, altered, follows, without_gradients
from grader.judging.comparison import decode_untrusted
from grader.judging.examples.bank import Bank
from grader.records.findings import Finding
from grader.records.observations import Example, Observed, decode_example, encode_example
from grader.records.text.saying import say
from grader.records.text.undecided import undecided
from grader.records.torch_names import is_class_name, is_tensor_class, rooted
from grader.records.values import TensorValue, leaves

_CUT = 2
"""Examples of each probe whose flow is cut where nothing is suspicious."""

Observations = Mapping[str, Sequence[Observed]]


@dataclasses.dataclass
class _Tally:
    """What cut calls have shown of one probe."""

    kept: int = 0
    broken: int = 0
    evaded: int = 0
    """Cut calls that raised, or called the needed functions otherwise, though there was something to see."""
    followed: set[str] = dataclasses.field(default_factory=set)
    """How the data of the calls flowed that were made again."""
    otherwise: int = 0
    """Graded calls that went around the needed functions where the same call, made again, did not."""

    def count(self, one: Follows | Literal["evaded"]) -> None:
        self.kept += one == "kept"
        self.broken += one == "broken"
        self.evaded += one == "evaded"


def unmet(
    exercise: Exercise, session: Session, banks: Mapping[str, Bank], observations: Observations
) -> Iterator[Finding]:
    """Yield a finding when the result of an exercise that is otherwise right does not come from what it needs."""
    if any(_is_method(need) for need in exercise.needs):
        yield from perturbing.independent(exercise, session, banks, observations)
        return
    for probe in exercise.probes:
        finding = _of_probe(exercise, probe, session, banks[probe.id], observations[probe.id])
        if finding is not None:
            yield finding
            if finding.must:
                return


def _is_method(need: str) -> bool:
    owner = rooted(need).rpartition(".")[0].rpartition(".")[2]
    return is_class_name(owner) and not is_tensor_class(owner)


def _of_probe(
    exercise: Exercise, probe: Probe, session: Session, bank: Bank, observations: Sequence[Observed]
) -> Finding | None:
    examples = [without_gradients(decode_example(example)) for example in bank.examples]
    telling = [place for place in range(min(len(examples), len(observations))) if _tells(examples[place])]
    if not telling:
        return None
    flows = {observations[place].meta.flow for place in telling} - {""}
    if flows == {"needed"}:
        chosen = _spread(telling)
        own = [observations[place] for place in chosen]
        tally = _cut_some(exercise, probe, session, [examples[place] for place in chosen], own)
        if tally.kept and not tally.broken:
            return None
    tally = _all_cut(exercise, probe, session, examples, set(telling), observations)
    if tally.broken and flows <= {"needed", "asked"} and tally.followed <= {"needed", "asked"}:
        return _undecided(exercise, say("all data came through it, and something else chose among them"))
    if tally.broken or (flows == {"around"} and tally.evaded and not tally.kept):
        names = say(" or ").join(exercise.needs)
        message = say(
            "the result must be produced by {names}, but it does not change with what {names} returns alone",
            names=names,
        )
        return Finding(kind="needs", must=True, message=message, expected=say("a result made by {names}", names=names))
    if tally.otherwise or not tally.kept:
        return _undecided(
            exercise, say("graded calls took another way") if tally.otherwise else say("no call of it could tell")
        )
    return None


def _undecided(exercise: Exercise, why: str) -> Finding:
    names = say(" or ").join(exercise.needs)
    return Finding(
        kind="needs", must=False, message=undecided(say("whether {names} made the result", names=names), why)
    )


def _spread(telling: Sequence[int]) -> list[int]:
    step = max(1, len(telling) // _CUT)
    return list(telling[::step][:_CUT])


def _cut_some(
    exercise: Exercise,
    probe: Probe,
    session: Session,
    chosen: Sequence[Example],
    own: Sequence[Observed],
) -> _Tally:
    """Cut the flow of some examples in the runner that was graded: whoever fails here is looked at again.

    One after the other answers for numbers far from its own and for such as `isclose` calls equal.
    """
    tally = _Tally()
    sent = [one for number, example in enumerate(chosen) for one in (altered(example, number % 2 == 1), example)]
    observed = session.call(probe, [encode_example(example) for example in sent], cut=exercise.needs)
    for number in range(len(chosen)):
        if 2 * number + 1 < len(observed):
            tally.count(_followed(own[number], observed[2 * number], observed[2 * number + 1]))
    return tally


def _all_cut(
    exercise: Exercise,
    probe: Probe,
    session: Session,
    examples: Sequence[Example],
    telling: set[int],
    observations: Sequence[Observed],
) -> _Tally:
    """Go through all examples in their order in fresh runners, every second one cut, then the others."""
    tally = _Tally()
    followed: dict[int, str] = {}
    for near in (False, True):
        for skip in (0, 1):
            session.fresh()
            encoded = [encode_example(example) for example in _sequence(examples, near, skip)]
            observed = session.call(probe, encoded, cut=exercise.needs, follow=exercise.needs, skip=skip)
            for place in range(skip + 1, len(observed), 2):
                followed[place - 1] = observed[place - 1].meta.flow
                if place in telling and place < len(observations):
                    tally.count(_followed(observations[place], observed[place - 1], observed[place]))
    session.fresh()
    tally.followed = set(followed.values()) - {""}
    tally.otherwise = sum(
        observations[place].meta.flow == "around" and followed.get(place) in ("needed", "asked")
        for place in sorted(telling)
        if place + 1 in telling
    )
    return tally


def _sequence(examples: Sequence[Example], near: bool, skip: int) -> list[Example]:
    """The examples as they were graded, but each that comes before a cut one is that one's altered example."""
    sent = list(examples)
    for place in range(skip, len(examples) - 1, 2):
        sent[place] = altered(examples[place + 1], near)
    return sent


def _followed(own: Observed, other: Observed, cut: Observed) -> Follows | Literal["evaded"]:
    """What a cut call shows; `evaded` when it raised, or called the needed functions otherwise than the one before."""
    before, changed, after = (decode_untrusted(one.body) for one in (own, other, cut))
    if before.outcome != "returned" or changed.outcome != "returned":
        return "silent"
    if cut.meta.flow == "apart" or after.outcome != "returned":
        return "silent" if follows(before.value, changed.value, changed.value) == "silent" else "evaded"
    return follows(before.value, changed.value, after.value)


def _tells(example: Example) -> bool:
    """Whether a needed function cannot be skipped on an example: nothing that goes in is empty or of size one."""
    found = [leaf for value in example.arguments.values() for leaf in leaves(value)]
    sizes = [size for leaf in found if isinstance(leaf, TensorValue) for size in leaf.shape]
    return bool(sizes) and all(size >= 2 for size in sizes)
