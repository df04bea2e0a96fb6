"""Scores in a real gradebook: what people wrote stays, and a crash or a lock leaves nothing half-done."""

import datetime
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from grader.integrations.nbgrader import gradebook as module
from grader.integrations.nbgrader.config import open_nbcourse
from grader.integrations.nbgrader.gradebook import check_gradebook, open_gradebook
from grader.integrations.nbgrader.late import CourseLatePenalty
from grader.integrations.nbgrader.master import check_master, master_cells
from grader.integrations.nbgrader.scores import Work, late_penalty, write_scores
from grader.records.errors import UsageError
from grader.records.verdict import decide
from grader.results.report import submission_for_student, submission_report

POINTS = {"double": 2.0, "backwards": 1.0, "total": 1.0, "argmax": 1.0, "root": 1.0}
ON_TIME = datetime.datetime(2030, 1, 9, tzinfo=datetime.UTC)


def report(student="ada", **outcomes):
    verdicts = []
    for name, points in POINTS.items():
        outcome = outcomes.get(name, "passed")
        verdicts.append(decide(f"small.{name}", outcome, points, examples=0 if outcome == "not_judged" else 3))
    return submission_for_student(submission_report(student, "small", "small.ipynb", verdicts))


@pytest.fixture
def target(nb):
    return open_nbcourse(nb)


@pytest.fixture
def write(gradebook, target):
    def write(found, moment=ON_TIME, penalty=lambda *_: None, unchanged=frozenset()):
        master = master_cells(gradebook, "small")
        write_scores(gradebook, target.db_url, Work(found, moment, unchanged), master, penalty)
        gradebook.db.expire_all()
        return gradebook.find_submission("small", found.student)

    return write


def grades(submission):
    return {grade.name: grade for grade in submission.notebooks[0].grades}


def comments(submission):
    return {comment.name: comment.comment for comment in submission.notebooks[0].comments}


def test_scores_and_explanations_reach_the_gradebook(write):
    submission = write(report(total="failed", root="raised"))
    assert submission.score == 4.0
    found = grades(submission)
    assert {name: grade.auto_score for name, grade in found.items()} == {
        "test-double": 2.0,
        "test-backwards": 1.0,
        "test-total": 0.0,
        "test-argmax": 1.0,
        "test-root": 0.0,
        "why": None,
        "plot": None,
    }
    assert {name for name, grade in found.items() if grade.needs_manual_grade} == {"why", "plot"}
    told = comments(submission)
    assert "small.double: passed" in told["double"] or "double: passed" in told["double"]
    assert "0/1" in told["total"]
    assert submission.timestamp == datetime.datetime(2030, 1, 9)


def test_a_new_submission_has_the_rows_that_nbgrader_makes(write, gradebook):
    def shape(submission):
        notebook = submission.notebooks[0]
        grades = sorted((grade.name, grade.manual_score, grade.extra_credit) for grade in notebook.grades)
        return grades, sorted(comment.name for comment in notebook.comments), notebook.flagged, submission.extension

    gradebook.add_student("theirs")
    theirs = shape(gradebook.add_submission("small", "theirs"))
    assert shape(write(report("ours"))) == theirs
    assert len(gradebook.students) == 2


def test_an_untouched_answer_for_people_gets_zero_as_nbgrader_gives_it(write):
    submission = write(report(), unchanged=frozenset({"why"}))
    assert grades(submission)["why"].auto_score == 0.0
    assert not grades(submission)["why"].needs_manual_grade
    assert comments(submission)["why"] == "No response."


def test_what_people_wrote_is_never_touched(write, gradebook):
    write(report(total="failed"))
    grade = gradebook.find_grade("test-total", "small", "small", "ada")
    grade.manual_score, grade.extra_credit = 0.5, 0.25
    gradebook.find_comment("total", "small", "small", "ada").manual_comment = "nearly"
    gradebook.db.commit()
    submission = write(report())
    grade = grades(submission)["test-total"]
    assert (grade.manual_score, grade.extra_credit, grade.auto_score, grade.score) == (0.5, 0.25, 1.0, 0.75)
    assert grade.needs_manual_grade
    assert comments(submission)["total"] == "nearly"


def test_what_was_not_judged_keeps_its_score_and_asks_for_a_person(write):
    write(report())
    submission = write(report(total="not_judged"))
    assert grades(submission)["test-total"].auto_score == 1.0
    assert grades(submission)["test-total"].needs_manual_grade
    assert grades(write(report("new", total="not_judged")))["test-total"].auto_score is None


def test_late_work_is_penalised_by_the_courses_own_plugin(write, target):
    late = datetime.datetime(2030, 1, 11, 4, tzinfo=datetime.UTC)  # 25 hours after the due date
    submission = write(report(root="failed"), late, late_penalty(target.config))
    assert submission.late_submission_penalty == pytest.approx(1.0)  # two days begun, of 5 points
    assert write(report(root="failed"), ON_TIME, late_penalty(target.config)).late_submission_penalty == 0


@pytest.mark.parametrize(("seconds", "lost"), [(599, None), (601, 0.8), (86_400 * 2, 1.6), (86_400 * 9, 4.0)])
def test_the_late_policy_of_the_course(seconds, lost):
    plugin = CourseLatePenalty(grace_minutes=10, percent_per_day=10, max_percent=50)
    assert plugin.late_submission_penalty("ada", 8.0, seconds) == lost


@pytest.mark.parametrize(("penalty", "kept"), [(-3.0, 0.0), (99.0, 6.0)])
def test_a_penalty_stays_between_nothing_and_the_score(write, penalty, kept):
    late = datetime.datetime(2030, 2, 1, tzinfo=datetime.UTC)
    assert write(report(), late, lambda *_: penalty).late_submission_penalty == kept


def test_a_plugin_that_raises_is_named_and_nothing_is_written(nb, write, gradebook):
    (nb / "broken_late.py").write_text(
        "from nbgrader.plugins import BasePlugin\n"
        "class Broken(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        "        return 1 / 0\n"
    )
    config = nb / "nbgrader_config.py"
    config.write_text(
        config.read_text()
        + "\nimport sys; sys.path.insert(0, str(root))\nc.AssignLatePenalties.plugin_class = 'broken_late.Broken'\n"
    )
    write(report(root="failed"))
    late = datetime.datetime(2030, 2, 1, tzinfo=datetime.UTC)
    with pytest.raises(UsageError, match="late plugin Broken raises ZeroDivisionError"):
        write(report(), late, late_penalty(open_nbcourse(nb).config))
    gradebook.db.expire_all()
    assert gradebook.find_submission("small", "ada").score == 5.0


CRASH = """
import os, sys
from pathlib import Path
from sqlalchemy import event
from grader.integrations.nbgrader.config import open_nbcourse
from grader.integrations.nbgrader.gradebook import open_gradebook
from grader.integrations.nbgrader.master import master_cells
from grader.integrations.nbgrader.scores import Work, write_scores
from tests.integrations.nbgrader.test_scores import report

target = open_nbcourse(Path(sys.argv[1]))
with open_gradebook(target.db_url, target.id) as gradebook:
    master = master_cells(gradebook, "small")
    if sys.argv[2] == "crash":
        @event.listens_for(gradebook.engine, "after_cursor_execute")
        def die(connection, cursor, statement, *_):
            if statement.startswith("UPDATE comment"):
                os._exit(9)  # every grade is written, and not one comment
    write_scores(gradebook, target.db_url, Work(report(double="failed", total="failed"), None), master, lambda *_: None)
"""


@pytest.mark.parametrize(("how", "code", "score"), [("crash", 9, 6.0), ("finish", 0, 3.0)])
def test_a_crash_in_the_middle_leaves_the_old_scores_whole(nb, write, gradebook, how, code, score):
    write(report())
    gradebook.db.remove()
    done = subprocess.run([sys.executable, "-c", CRASH, str(nb), how], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert gradebook.find_submission("small", "ada").score == score


def test_a_locked_gradebook_is_waited_for(nb, write, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 15.0)
    other = sqlite3.connect(nb / "gradebook.db", check_same_thread=False, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    threading.Timer(1.0, lambda: other.execute("ROLLBACK")).start()
    assert write(report()).score == 6.0
    other.close()


def test_a_gradebook_that_stays_locked_is_said_so_and_keeps_its_scores(nb, write, gradebook, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    write(report())
    gradebook.db.remove()
    other = sqlite3.connect(nb / "gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(UsageError) as caught:
        write(report(double="failed"))
    assert time.monotonic() - started < 60
    assert "has been locked by another program" in str(caught.value)
    assert "nothing is half-written" in str(caught.value)
    other.close()
    gradebook.db.remove()
    assert gradebook.find_submission("small", "ada").score == 6.0


def half_made(db):
    db.execute("DROP TABLE alembic_version")


def other_schema(db):
    db.execute("UPDATE alembic_version SET version_num = 'abc123'")


def not_ours(db):
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        db.execute(f'DROP TABLE "{name}"')
    db.execute("CREATE TABLE recipes (id INTEGER)")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (half_made, ["is half-made: it has no schema version", "alembic", "grader release --to nbgrader"]),
        (
            other_schema,
            ["has schema abc123; the installed nbgrader works", "nbgrader db upgrade", "Back the file up"],
        ),
        (not_ours, ["is a database, but not nbgrader's"]),
    ],
)
def test_a_gradebook_that_is_not_whole_is_not_used(target, nb, spoil, told):
    with sqlite3.connect(nb / "gradebook.db") as db:
        spoil(db)
    before = (nb / "gradebook.db").read_bytes()
    with pytest.raises(UsageError) as caught, open_gradebook(target.db_url, target.id):
        pass
    for part in told:
        assert part in str(caught.value)
    assert (nb / "gradebook.db").read_bytes() == before


def test_junk_and_nothing_in_its_place_are_told(target, nb):
    (nb / "gradebook.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(UsageError, match="no SQLite database, or a damaged one"):
        check_gradebook(target.db_url)
    (nb / "gradebook.db").write_bytes(b"")
    with pytest.raises(UsageError, match="half-made: it is empty"):
        check_gradebook(target.db_url)
    (nb / "gradebook.db").unlink()
    with pytest.raises(UsageError, match="There is no gradebook"):
        check_gradebook(target.db_url)


def test_a_gradebook_of_an_older_release_is_told(gradebook, course):
    from grader.course.loading import load_exercises

    master = master_cells(gradebook, "small")
    exercises = tuple(load_exercises(course.root, "small"))
    check_master(master, "small", exercises)
    exercises[0].points = 3.0
    with pytest.raises(UsageError, match=r"small\.double is worth 3 points, but 2 in the gradebook"):
        check_master(master, "small", exercises)
    del master["test-double"]
    with pytest.raises(UsageError, match=r"no cell for the score of small\.double"):
        check_master(master, "small", exercises)
    with pytest.raises(UsageError, match=r"knows no notebook other/other\.ipynb"):
        master_cells(gradebook, "other")
