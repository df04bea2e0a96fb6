"""Does the untouched stub fail every exercise?"""

from __future__ import annotations

from collections.abc import Iterator

from grader.judging.schedule import grade_one
from grader.publishing.proofs.items import Item, Patient
from grader.submissions.finding import Submission


def prove(patient: Patient) -> Iterator[Item]:
    """Yield an item for each exercise: the released stub must earn nothing, with the outcome `missing`."""
    for name in patient.assignments:
        path = patient.course.assignment_folder(name) / f"{name}.py"
        if not path.is_file():
            yield Item("stubs", name, False, f"assignments/{name}/{name}.py does not exist", "Run `grader build`.")
            continue
        submission = Submission("stub", name, path.name, (path.read_text(encoding="utf-8"),))
        for verdict in grade_one(patient.graders, submission).verdicts:
            ok = verdict.points == 0 and verdict.outcome in {"missing", "forbidden"}
            message = f"the stub earns nothing ({verdict.outcome})" if ok else f"the stub ended as {verdict.outcome}"
            hint = "" if ok else "Put the whole answer between BEGIN SOLUTION and END SOLUTION."
            yield Item("stubs", verdict.exercise, ok, message, hint)
