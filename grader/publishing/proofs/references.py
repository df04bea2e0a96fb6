"""Does every reference solution get full points, on the graded examples and again in a fresh runner?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.judging.schedule import grade_one, reference_code
from grader.publishing.proofs.items import Item, Patient
from grader.submissions.finding import Submission

if TYPE_CHECKING:
    from grader.records.verdict import Verdict


def prove(patient: Patient) -> Iterator[Item]:
    """Yield an item for each exercise: the reference, handed in as a student's, must pass."""
    for name in patient.assignments:
        source = reference_code(patient.course.root, name)
        submission = Submission("reference", name, source.filename, source.cells)
        for verdict in grade_one(patient.graders, submission).verdicts:
            ok = verdict.outcome == "passed"
            message = f"passed {verdict.examples} examples" if ok else f"{verdict.outcome}: {why(verdict)}"
            hint = "" if ok else "The reference must pass its own probes, bans and needs: mend one of them."
            yield Item("references", verdict.exercise, ok, message, hint)
        yield from _devices(patient, name)


def _devices(patient: Patient, name: str) -> Iterator[Item]:
    """Yield an item for each exercise that costs points on the CPU alone, where its reference cannot tell of that."""
    suite = patient.graders.suites[name]
    for exercise in suite.exercises:
        musts = [probe for probe in exercise.probes if probe.policy.device == "must" and not probe.hidden]
        if musts and not any(suite.expected.simulation(probe).examples for probe in musts):
            message = "the reference does not run on a simulated GPU, so no answer can be judged there"
            hint = 'It runs on the CPU only, looks at values or uses numpy: mend it, or leave device="must" out.'
            yield Item("references", exercise.id, False, message, hint)


def why(verdict: Verdict) -> str:
    """Return a verdict's first finding in one line."""
    if not verdict.findings:
        return "no reason is known"
    finding = verdict.findings[0]
    on = f" on {' '.join(finding.counterexample.split())[:160]}" if finding.counterexample else ""
    return f"{finding.message}{on}"
