"""A test cell as instructors write them for nbgrader: a property test against the reference, in the student's kernel.

It puts the same probes to the answer as the grader does, on as many examples, drawn live by Hypothesis.
"""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from grader.authoring.exercises import Exercise, Probe
from grader.course.loading import load_exercises
from grader.engine.runner.call import call_probe
from grader.engine.runner.execute import Submission, execute
from grader.engine.runner.inputs import Inputs
from grader.engine.wire import Load
from grader.judging.checks import compare
from grader.judging.examples.bank import example_strategy
from grader.records.observations import Example

EXAMPLES = 100

_references: dict[str, Submission] = {}


def check(root: str, exercise_id: str, namespace: dict[str, Any]) -> float:
    """Return the points of an exercise as the live kernel answers it: all or 0.0."""
    assignment, _, name = exercise_id.partition(".")
    exercise = next(one for one in load_exercises(Path(root), assignment) if one.name == name)
    answer = types.SimpleNamespace(**{word: namespace[word] for word in exercise.names if word in namespace})
    try:
        for probe in exercise.probes:
            _put(probe, answer, _reference(root, assignment))
    except Exception as error:  # noqa: BLE001 - whatever an answer does, it gets no points and the others go on
        print(f"{exercise_id}: {type(error).__name__}: {error}")
        return 0.0
    print(f"{exercise_id}: passed")
    return _points(exercise)


def _points(exercise: Exercise) -> float:
    return float(exercise.points)


def _reference(root: str, assignment: str) -> Submission:
    if assignment not in _references:
        path = Path(root) / "solutions" / assignment / f"{assignment}.py"
        _references[assignment], errors = execute(
            Load(0, "ref", path.name, (path.read_text(encoding="utf-8"),)), lambda *told: None
        )
        assert not errors
    return _references[assignment]


def _put(probe: Probe, answer: Any, reference: Any) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(example_strategy(probe))
    def property_holds(example: Example) -> None:
        expected, _ = call_probe(probe, reference, Inputs(example), "reference.py")
        actual, _ = call_probe(probe, answer, Inputs(example), "answer.py")
        assert not [finding for finding in compare(expected, actual, probe.policy) if finding.must]

    property_holds()
