"""The same checks as the grader's, as a teacher would write them with pytest: everything in one process.

Run by `throughput.py` with the submission's path in the environment variable SUBMISSION.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.authoring.exercises import Exercise, Probe  # noqa: E402
from grader.course.loading import load_exercises  # noqa: E402
from grader.engine.runner.call import call_probe  # noqa: E402
from grader.engine.runner.execute import Submission, execute  # noqa: E402
from grader.engine.runner.inputs import Inputs  # noqa: E402
from grader.engine.wire import Load  # noqa: E402
from grader.judging.checks import compare  # noqa: E402
from grader.judging.examples.bank import example_strategy  # noqa: E402 - the path is set above
from grader.records.observations import Example  # noqa: E402

NAMES = ("transpose", "trace", "row_sums", "dot", "hadamard", "matmul", "bilinear", "attention_scores")
CHOSEN = [exercise for exercise in load_exercises(ROOT, "einsum") if exercise.name in NAMES]


def load(path: Path, name: str) -> Submission:
    submission, errors = execute(Load(0, name, path.name, (path.read_text(encoding="utf-8"),)), lambda *told: None)
    assert not errors
    return submission


STUDENT = load(Path(os.environ["SUBMISSION"]), "student")
REFERENCE = load(ROOT / "solutions" / "einsum" / "einsum.py", "reference")


def put(probe: Probe) -> None:
    """Put a probe to the student's code and the reference, on 100 examples drawn live."""

    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(example_strategy(probe))
    def check(example: Example) -> None:
        expected, _ = call_probe(probe, REFERENCE, Inputs(example), "einsum.py")
        actual, _ = call_probe(probe, STUDENT, Inputs(example), "einsum.py")
        assert not [finding for finding in compare(expected, actual, probe.policy) if finding.must]

    check()


@pytest.mark.parametrize("exercise", CHOSEN, ids=lambda exercise: exercise.name)
def test_exercise(exercise: Exercise) -> None:
    for probe in exercise.probes:
        put(probe)
