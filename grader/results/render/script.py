"""A failing input as a small script: what a probe did, to be done again and followed in a debugger."""

from __future__ import annotations

import ast
from pathlib import Path

from grader.records.findings import Finding
from grader.records.text.clean import clean
from grader.results.report import ExerciseReport

_LONG = 2000


def finding_with_input(exercise: ExerciseReport) -> Finding | None:
    """Return the finding that a script can show: the first with an input, which costs points where one does."""
    findings = [one for one in exercise.findings if one.counterexample and one.probe and not one.hidden]
    return next((one for one in findings if one.must), findings[0] if findings else None)


def script_of(finding: Finding, answer: Path, course: Path) -> str:
    """Return a Python script that gives an answer's file the input of a finding, as its probe does."""
    assignment = finding.probe.partition(".")[0]
    message = "\n".join(f"# {line}".rstrip() for line in clean(finding.message, _LONG).splitlines())
    names = _assigned(finding.counterexample)
    given = ", ".join(["answers", *(f"{name}={name}" for name in names)])
    return f"""# {clean(finding.probe.partition("/")[0], 120, newlines=False)}:
{message}
#
# This does again what was found; step into `probe` with a debugger, or read it in assignments/{assignment}/checks.py.
import numpy as np
import torch

from grader.integrations.reproduce import answers_in, probe_of

answers = answers_in({str(answer)!r}, {assignment!r})
probe = probe_of({str(course)!r}, {finding.probe!r})

{finding.counterexample}

print(probe({given}))
"""


def _assigned(code: str) -> list[str]:
    try:
        statements = ast.parse(code).body
    except SyntaxError:
        return []
    targets = [one.targets[0] for one in statements if isinstance(one, ast.Assign)]
    return [target.id for target in targets if isinstance(target, ast.Name)]
