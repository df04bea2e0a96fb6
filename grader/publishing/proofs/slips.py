"""Does what the author declared mean anything? Names that are none, sizes of no letter, regions nobody asks for."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from grader.authoring.exercises import Exercise, Probe
from grader.authoring.strategies.context import Rejected, bounds_of
from grader.authoring.strategies.drawing import draw_example
from grader.authoring.strategies.sources import RandomSource
from grader.course.annotated import read_annotated
from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.judging.examples.expected import Expected
from grader.publishing.mutants.regions import definitions, users
from grader.publishing.proofs.items import Item, Patient
from grader.records.observations import decode_observation
from grader.records.text.nearest import nearest
from grader.records.torch_names import ROOTS, is_special, rooted

_PROOF = "declarations"
_DRAWS = 3
_WAYS_OUT = "Python's own ways out have options of their own: no_loops=True, no_numpy=True, lines=1."
_KEYWORDS = frozenset({"for", "while", "if", "lambda", "map", "filter", "loops", "numpy", "range", "print"})
_HOLDERS = ("torch", "torch.Tensor", "torch.nn", "torch.nn.functional", "torch.special", "torch.linalg", "torch.fft")


def prove(patient: Patient) -> Iterator[Item]:
    """Yield an item for each slip, and one for each assignment without any."""
    for name in patient.assignments:
        suite = patient.graders.suites[name]
        items = [*slips(patient.course, name), *_verdicts(suite.exercises, suite.expected, suite.devices[0])]
        yield from items or [Item(_PROOF, name, True, "each name, size and region means something")]


def slips(course: Course, name: str) -> Iterator[Item]:
    """Yield what an assignment declares in vain, as far as it shows without running an answer."""
    exercises = load_exercises(course.root, name, hidden=True)
    for exercise in exercises:
        yield from _names(exercise)
        for probe in exercise.probes:
            yield from _sizes(probe)
    yield from _regions(course, name, exercises)


def _names(exercise: Exercise) -> Iterator[Item]:
    allowed = exercise.rules.only.names if exercise.rules.only else ()
    for option, names in (("bans", exercise.bans), ("needs", exercise.needs), ("only", allowed)):
        for name in names:
            if not is_known(name):
                yield Item(_PROOF, exercise.id, False, f"{option}: torch has no {name!r}", _instead(name))


def is_known(name: str) -> bool:
    """Say whether a ban or need names something that torch or its like has; patterns and special methods pass.

    >>> is_known("torch.outer"), is_known("torch.outerr"), is_known("numpy.outer"), is_known("torch.*softmax*")
    (True, False, False, True)
    """
    path = rooted(name)
    last = path.rpartition(".")[2]
    if "*" in name or is_special(last):
        return True
    if path.partition(".")[0] not in ("torch", "torchvision"):
        return path.partition(".")[0] in ROOTS  # not installed here, perhaps
    if _found(path):
        return True
    return path.count(".") == 1 and any(_found(f"{holder}.{last}") for holder in _HOLDERS)


@functools.cache
def _found(path: str) -> bool:
    words = path.split(".")
    for length in range(len(words), 0, -1):
        try:
            thing: Any = importlib.import_module(".".join(words[:length]))
        except ImportError:
            continue
        try:
            for word in words[length:]:
                thing = getattr(thing, word)
        except (AttributeError, RuntimeError):  # torch.ops raises the latter
            continue
        return True
    return False


def _instead(name: str) -> str:
    if name in _KEYWORDS or name.partition(".")[0] in ("numpy", "np", "math", "itertools", "builtins"):
        return f"Names below torch stand there. {_WAYS_OUT}"
    holder, _, last = rooted(name).rpartition(".")
    for one in dict.fromkeys((holder, *_HOLDERS)):
        near = nearest(last, _members(one)) if _found(one) else None
        if near is not None:
            return f"Did you mean '{one}.{near}'?"
    return f"Names below torch stand there. {_WAYS_OUT}"


@functools.cache
def _members(path: str) -> tuple[str, ...]:
    holder, _, last = path.rpartition(".")
    try:
        thing: Any = importlib.import_module(path)
    except ImportError:
        thing = getattr(importlib.import_module(holder), last)
    return tuple(word for word in dir(thing) if not word.startswith("_"))


def _sizes(probe: Probe) -> Iterator[Item]:
    """Tell of bounds on sizes that no draw of the probe takes."""
    bounded = {name: argument for argument, space in probe.arguments.items() for name in bounds_of(space)}
    drawn: set[str] = set()
    for seed in range(_DRAWS):
        source = RandomSource(Random(seed))
        try:
            draw_example(probe.arguments, source)
        except Rejected:
            continue
        drawn |= {key for kind, key in source.offered if kind == "size"}
    for name, argument in bounded.items():
        if drawn and name not in drawn:
            letters = ", ".join(sorted(key for key in drawn if key.isidentifier())) or "none"
            message = f"sizes of {argument!r} bound {name!r}, which stands in no shape"
            yield Item(_PROOF, probe.id, False, message, f"The letters of this probe: {letters}.")


def _regions(course: Course, name: str, exercises: Iterable[Exercise]) -> Iterator[Item]:
    """Tell of what students are to fill in and no probe asks for, not even by way of another answer."""
    cells = [
        cell.source for cell in read_annotated(course.solution_folder(name) / f"{name}.py").cells if cell.kind == "code"
    ]
    asked = users(cells, exercises)
    for definition in definitions(cells):
        for defined in definition.names:
            if defined not in asked:
                message = f"students are to write {defined!r}, but no exercise asks for it"
                hint = "Add an exercise to checks.py, name it in names=(...) of one, or take the region's marks out."
                yield Item(_PROOF, f"{name}.{defined}", False, message, hint)


def _verdicts(exercises: Iterable[Exercise], expected: Expected, device: str) -> Iterator[Item]:
    """Tell of probes whose right answers give the same `True`, `False` or `None` whatever the example."""
    for exercise in exercises:
        for probe in exercise.probes:
            observed = [decode_observation(body) for body in expected.bodies(probe, device)]
            if len(observed) < 2 or any(one.outcome != "returned" or one.mutated or one.gradients for one in observed):
                continue
            value = observed[0].value
            if value is not None and not isinstance(value, bool):
                continue
            if any(one.value is not value for one in observed):
                continue
            yield _constant(probe, value)


def _constant(probe: Probe, value: bool | None) -> Item:
    if value is None:
        message = "returned None on every example: is a `return` missing?"
        return Item(_PROOF, probe.id, False, message, "A probe returns what is to be compared.")
    message = f"returned {value} on every example: whoever returns {value} passes"
    return Item(_PROOF, probe.id, False, message, "Let the probe return what happened, not a verdict on it.")
