"""What a script of `grader check --show` does: a probe once more, where a debugger can follow.

Nothing is locked down here and nothing is judged: it is the student's own code on the student's own machine.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def answers_in(file: str | Path, assignment: str) -> Any:
    """Execute a module's or notebook's code and return what it defines, as attributes.

    Statements that fail are told on the standard error and skipped, as in grading. Raises `SubmissionError` for a file
    that cannot be read.
    """
    import sys

    from grader.engine.runner.execute import execute
    from grader.engine.wire import Load
    from grader.records.errors import SubmissionError
    from grader.submissions.finding import read_file

    path = Path(file).resolve()
    read = read_file(path, assignment)
    if read.problem:
        raise SubmissionError(read.problem)
    sys.path.insert(0, str(path.parent))
    load = Load(0, assignment, str(path), read.cells, notebook=read.is_notebook)
    submission, errors = execute(load, lambda *_: None)
    for error in errors:
        name, line = error.raised.type_names[0], error.raised.line or "?"
        print(f"cell {error.cell}, line {line}: {name}: {error.raised.message}", file=sys.stderr)
    return submission


def probe_of(course: str | Path, probe_id: str) -> Callable[..., Any]:
    """Return a public probe's function by its id, such as "hooks.Package/Package"; it runs in a scratch folder.

    Raises `UsageError` when the course has no such probe.
    """
    from grader.course.loading import CHECKS, load_probes
    from grader.records.errors import UsageError

    assignment = probe_id.partition(".")[0]
    probes = load_probes(assignment, Path(course) / "assignments" / assignment / CHECKS)
    found = next((probe for probe in probes if probe.id == probe_id), None)
    if found is None:
        raise UsageError(f"there is no probe {probe_id!r} in {course}")
    run = found.run

    def in_scratch(*answers: Any, **arguments: Any) -> Any:
        with tempfile.TemporaryDirectory(prefix="grader-show-") as scratch, contextlib.chdir(scratch):
            return run(*answers, **arguments)

    return in_scratch
