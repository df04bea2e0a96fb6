"""Nothing is graded twice, and a key holds everything that a verdict depends on."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grader.course.settings import Course, load_course
from grader.judging import incremental
from grader.judging.driver import Run, Task
from grader.judging.incremental import grade_tasks, plan
from grader.judging.keys import Keys
from grader.judging.schedule import Graded, Options
from grader.records.errors import UsageError
from grader.records.verdict import decide
from grader.results.report import Sandbox
from grader.results.store.kept import RunNote
from grader.results.store.store import Store, open_store
from grader.submissions.finding import Submission
from tests.small_course import submission, write_small_course

OPTIONS = Options(seed=5, allow_weak=True)
NOTE = RunNote("small", "test", {})
STUDENTS = (
    submission("ada"),
    submission("bob", double="def double(x):\n    return x * x\n"),
    Submission("cho", "small", "small.py", (), (), "line 3: '(' was never closed"),
)
ORDER = [f"small.{name}" for name in ("double", "backwards", "total", "argmax", "root")]
TASKS = [Task(one) for one in STUDENTS]


class Heard:
    """A sink that keeps what it hears."""

    def __init__(self) -> None:
        self.run = Run(0, Sandbox())
        self.graded: dict[int, Graded] = {}

    def begin(self, run: Run) -> None:
        self.run = run

    def add(self, graded: Graded, place: int) -> None:
        self.graded[place] = graded


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return load_course(write_small_course(tmp_path_factory.mktemp("incremental")))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store") / "results.sqlite"  # filled by the first test that asks for `first`


def drive(graders: object, tasks: Sequence[Task], sinks: Sequence[Heard], options: Options) -> None:
    """Judge without running anything: `small.root` fails."""
    for sink in sinks:
        sink.begin(Run(len(tasks), Sandbox("strong")))
    for place, task in enumerate(tasks):
        verdicts = [
            decide(name, "failed" if name == "small.root" else "passed", 1.0, examples=3)
            for name in ORDER
            if name in task.exercises
        ]
        for sink in sinks:
            sink.add(Graded(task.submission, tuple(verdicts), 1.5), place)


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incremental, "opened", lambda *words: contextlib.nullcontext())
    monkeypatch.setattr(incremental, "drive", drive)


@pytest.fixture
def first(course: Course, path: Path, nothing_runs: None) -> Heard:
    heard = Heard()
    with open_store(f"sqlite:///{path}", NOTE) as store:
        grade_tasks(course, TASKS, (heard,), OPTIONS, store)
    return heard


@pytest.fixture
def store(first: Heard, path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{path}", NOTE) as found:
        yield found


def refuse(*words: object) -> None:
    raise AssertionError("something was graded")


def test_grading_again_starts_nothing_and_tells_the_same(
    course: Course, store: Store, first: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental, "opened", refuse)
    heard = Heard()
    grade_tasks(course, TASKS, (heard,), OPTIONS, store)
    assert heard.run == dataclasses.replace(first.run, known=3)
    assert heard.graded == first.graded
    assert [one.exercise for one in heard.graded[1].verdicts] == ORDER
    assert [one.outcome for one in heard.graded[1].verdicts] == [*["passed"] * 4, "failed"]
    with pytest.raises(AssertionError, match="something was graded"):
        grade_tasks(course, TASKS, (heard,), OPTIONS, store, force=True)


def test_somebody_elses_very_same_file_is_known(course: Course, store: Store) -> None:
    found = plan(course, [Task(dataclasses.replace(STUDENTS[0], student="eve"))], OPTIONS, store)
    assert found.open_places() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"cells": (STUDENTS[0].cells[0] + "\n",)},
        {"files": {"helper.py": b"x = 1"}},
        {"is_notebook": True},
        {"source": "small.ipynb"},
        {"problem": "it is empty"},
        {"cells": (STUDENTS[0].cells[0], "'\ud800'")},
    ],
)
def test_any_change_of_a_submission_is_graded(course: Course, store: Store, changed: dict[str, object]) -> None:
    task = Task(dataclasses.replace(STUDENTS[0], **changed))  # type: ignore[arg-type] # fields by name, of any type
    assert len(plan(course, [task], OPTIONS, store).missing(0)) == 5


@pytest.mark.parametrize(
    "options",
    [
        dataclasses.replace(OPTIONS, seed=6),
        dataclasses.replace(OPTIONS, examples=31),
        dataclasses.replace(OPTIONS, shrink_seconds=0.0),
        dataclasses.replace(OPTIONS, devices=("cuda",)),
        dataclasses.replace(OPTIONS, language="ko"),
    ],
)
def test_any_option_that_can_change_a_verdict_is_part_of_the_key(
    course: Course, store: Store, options: Options
) -> None:
    assert len(plan(course, TASKS, options, store).missing(0)) == 5
    assert plan(course, TASKS, dataclasses.replace(OPTIONS, jobs=7), store).open_places() == []


EVERYTHING = set(ORDER)


@pytest.mark.parametrize(
    ("file", "old", "new", "touched"),
    [
        ("assignments/small/checks.py", "return submission.double(x)", "return submission.double(x) ", set()),
        ("assignments/small/checks.py", "return submission.double(x)", "return submission.double(x + 1)",
         {"small.double"}),
        ("assignments/small/checks.py", "example.x.max()", "example.x.amax()", {"small.argmax"}),
        ("assignments/small/checks.py", "points=1, bans", "points=2, bans", {"small.backwards"}),
        ("assignments/small/checks.py", "lawful, seeds", "lawful", EVERYTHING),
        ("solutions/small/small.py", "return x + x", "return 2 * x", EVERYTHING),
        ("solutions/small/mistakes.py", "not x * x", "never x * x", {"small.double"}),
        ("course.toml", "seconds_per_example = 1.0", "seconds_per_example = 1.5", EVERYTHING),
        ("course.toml", 'title = "Small"', 'title = "Smaller"', set()),
    ],
)  # fmt: skip
def test_an_edit_grades_again_just_what_it_touches(
    tmp_path: Path, store: Store, file: str, old: str, new: str, touched: set[str]
) -> None:
    root = write_small_course(tmp_path / "course")
    text = (root / file).read_text()
    assert old in text
    (root / file).write_text(text.replace(old, new))
    assert plan(load_course(root), TASKS, OPTIONS, store).missing(0) == touched


def test_a_module_beside_the_checks_is_part_of_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_small_course(tmp_path / "course")
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "of_the_author.py").write_text("from behind_it import LOW\n")
    (tmp_path / "behind_it.py").write_text("LOW = 1\n")
    checks = root / "assignments/small/checks.py"
    checks.write_text("import of_the_author\n" + checks.read_text())
    before = Keys(load_course(root), OPTIONS).of(STUDENTS[0])
    (tmp_path / "behind_it.py").write_text("LOW = 2\n")
    after = Keys(load_course(root), OPTIONS).of(STUDENTS[0])
    assert [name for name in before if before[name] == after[name]] == []


def test_what_was_graded_without_a_lock_is_graded_again_where_that_is_not_allowed(
    course: Course, store: Store, path: Path
) -> None:
    strict = dataclasses.replace(OPTIONS, allow_weak=False)
    kept = plan(course, TASKS[:1], strict, store)
    made = {key: dataclasses.replace(one, sandbox=Sandbox("weak")) for key, one in kept.held.items()}
    with open_store("sqlite://", NOTE) as other:
        other.keep("ada", "small", made, list(made))
        assert len(plan(course, TASKS[:1], strict, other).missing(0)) == 5
        assert plan(course, TASKS[:1], OPTIONS, other).open_places() == []


def test_errors_of_ours_are_told_and_never_kept(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(graders: object, tasks: Sequence[Task], sinks: Sequence[Heard], options: Options) -> None:
        verdicts = [decide(name, "not_judged" if "root" in name else "passed", 1.0, examples=3) for name in ORDER]
        sinks[0].begin(Run(1, Sandbox("strong")))
        sinks[0].add(Graded(tasks[0].submission, tuple(verdicts), 1.0), 0)

    monkeypatch.setattr(incremental, "drive", fails)
    heard = Heard()
    with open_store("sqlite://", NOTE) as store:
        grade_tasks(course, TASKS[:1], (heard,), OPTIONS, store)
        assert sorted(one.outcome for one in heard.graded[0].verdicts) == ["not_judged", *["passed"] * 4]
        assert plan(course, TASKS[:1], OPTIONS, store).missing(0) == {"small.root"}


def test_what_cannot_be_kept_is_not_told(
    course: Course, path: Path, first: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard()
    changed = [Task(dataclasses.replace(STUDENTS[2], problem="it is empty"))]
    with open_store(f"sqlite:///{path}", NOTE, wait=0.05) as store:
        found = plan(course, changed, OPTIONS, store)
        store.keep("nobody", "small", {}, [])
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        verdict = first.graded[2].verdicts[0]
        joining = incremental._Joining(found, [0], (heard,), store)
        with pytest.raises(UsageError, match="in use by another process"):
            joining.add(Graded(STUDENTS[2], (verdict,)), 0)
        other.close()
    assert heard.graded == {}
