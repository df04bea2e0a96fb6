"""`grader check --show`: a failing input as a script that does what the probe did."""

from __future__ import annotations

import runpy
from pathlib import Path

import msgspec
import pytest

from grader.commands.check import Target, write_scripts
from grader.course.settings import load_course
from grader.integrations.reproduce import probe_of
from grader.judging.counterexample import is_one_call
from grader.records.errors import UsageError
from grader.records.findings import Finding
from grader.results.render.script import finding_with_input
from grader.results.render.words import found_on
from grader.submissions.finding import FoundSubmission
from tests.courses import write, write_course
from tests.samples import ada, report, submission

STEPS = """\
from grader.authoring import exercise, tensors


@exercise(points=1)
def double(submission, x=tensors("n")):
    once = submission.double(x)
    return {"twice": submission.double(once)}
"""
WRONG = "def double(x):\n    return x + 1\nprint(unknown)\n"
FOUND = Finding(
    kind="value",
    must=True,
    message="1 of 1 element differs\nby 2",
    counterexample="x = torch.tensor([3.])",
    probe="one.double/double",
    one_call=False,
)


def test_the_script_does_what_the_probe_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = load_course(write_course(tmp_path, "one"))
    write(course.root / "assignments/one/checks.py", STEPS)
    answer = write(course.root / "assignments/one/one.py", WRONG)
    one = submission(ada()[:1])
    exercise = msgspec.structs.replace(one.exercises[0], id="one.double", findings=(FOUND,))
    found = report(msgspec.structs.replace(one, exercises=(exercise,)))
    write_scripts(course, [Target(FoundSubmission("ada", "one", answer))], found)
    assert "one.double as a script:  python " in capsys.readouterr().err
    runpy.run_path(str(course.root / ".grader/show/one_double.py"))
    said = capsys.readouterr()
    assert said.out == "{'twice': tensor([5.])}\n"
    assert "cell 1, line 3: NameError: name 'unknown' is not defined" in said.err
    text = (course.root / ".grader/show/one_double.py").read_text(encoding="utf-8")
    assert text.startswith("# one.double:\n# 1 of 1 element differs\n# by 2\n#\n")


def test_an_unknown_probe_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no probe 'one\.double/triple'"):
        probe_of(write_course(tmp_path, "one"), "one.double/triple")


def test_what_a_hidden_probe_found_is_never_a_script() -> None:
    hidden = msgspec.structs.replace(FOUND, hidden=True)
    exercise = msgspec.structs.replace(submission(ada()).exercises[0], findings=(hidden,))
    assert finding_with_input(exercise) is None


def test_the_line_above_an_input_says_how_small_it_is_and_where_its_use_stands() -> None:
    assert found_on(msgspec.structs.replace(FOUND, shrunk=True, one_call=True)) == "On the smallest input found:"
    assert found_on(FOUND).splitlines() == [
        "On an example that fails:",
        "`double` in checks.py shows what is done with it; `grader check one.double --show` writes it as a script.",
    ]


def test_one_call_of_the_answer_is_told_from_a_probe_of_several_steps() -> None:
    def plain(submission: object, x: object, dim: object = 0) -> object:
        """Whatever it says."""
        return submission.double(x, dim=dim)  # type: ignore[attr-defined]  # a submission has any name

    def changed(submission: object, x: object) -> object:
        return submission.double(x + 1)  # type: ignore[attr-defined,operator]  # as above

    def steps(submission: object, x: object) -> object:
        made = submission.Double()  # type: ignore[attr-defined]  # as above
        return made(x)

    assert [is_one_call(one) for one in (plain, changed, steps, len)] == [True, False, False, True]
