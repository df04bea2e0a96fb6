"""Hidden examples enter only a runner that is asked about them: code that looks for them elsewhere finds none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.course.settings import load_course
from grader.engine.session import Session
from grader.judging.driver import opened
from grader.judging.schedule import Options, grade_one
from tests.courses import write
from tests.judging.test_judge import with_device
from tests.small_course import submission, write_small_course

HIDDEN = """\
from grader.authoring import further, integers


@further("double", examples=8)
def marked(submission, n=integers(7_310_000, 7_319_999)):
    return submission.double(n)
"""

LOOKS_AROUND = """\
def double(x):
    import gc
    from grader.engine.runner.inputs import Inputs
    found = [one for one in gc.get_objects() if type(one) is Inputs]
    frame = __import__("sys")._getframe()
    while frame is not None:
        prepared = getattr(frame.f_locals.get("self"), "_prepared", None)
        if prepared is not None:
            found += [one for many in prepared.inputs.values() for one in many]
        frame = frame.f_back
    seen = sorted({str(one.example.arguments) for one in found if "731" in str(one.example.arguments)})
    raise ValueError(f"looked at {len(found)}, hidden {seen}")
"""


def test_a_walk_through_the_runner_reaches_no_hidden_example(tmp_path: Path) -> None:
    root = write_small_course(tmp_path)
    write(root / "solutions/small/hidden.py", HIDDEN)
    with opened(load_course(root), ["small"], Options(seed=5, shrink_seconds=0.0)) as graders:
        right = grade_one(graders, submission())
        verdict = grade_one(graders, submission(double=LOOKS_AROUND)).verdicts[0]
    assert {one.outcome for one in right.verdicts} == {"passed"}
    shown = [finding.message for finding in verdict.findings if not finding.hidden]
    assert shown
    assert all("hidden []" in message for message in shown)
    assert not any("looked at 0," in message for message in shown)


def test_what_an_answer_was_given_is_asked_where_no_hidden_example_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_small_course(tmp_path)
    write(root / "solutions/small/hidden.py", HIDDEN)
    asked: dict[int, list[bool]] = {}  # by session, of its present runners: whether each probe was a hidden one
    showing: list[bool] = []
    fresh, observe, call = Session.fresh, Session.observe, Session.call

    def freshly(self: Session) -> None:
        asked[id(self)] = []
        fresh(self)

    def observing(self: Session, probe: Any, *words: Any, **named: Any) -> Any:
        asked.setdefault(id(self), []).append(probe.hidden)
        return observe(self, probe, *words, **named)

    def calling(self: Session, probe: Any, *words: Any, **named: Any) -> Any:
        asked.setdefault(id(self), []).append(probe.hidden)
        if named.get("show"):
            showing.append(any(asked[id(self)]))
        return call(self, probe, *words, **named)

    monkeypatch.setattr(Session, "fresh", freshly)
    monkeypatch.setattr(Session, "observe", observing)
    monkeypatch.setattr(Session, "call", calling)
    with opened(load_course(root), ["small"], Options(seed=5, shrink_seconds=0.0)) as graders:
        alone = with_device(graders, "off")  # the simulated device would take fresh runners between
        failed = grade_one(alone, submission(double="def double(x):\n    return x\n")).verdicts[0]
    assert {finding.hidden for finding in failed.findings} == {False, True}
    assert showing == [False]
