"""The whole sample class, graded by nbgrader in real kernels and by the engine: the public part scores the same.

Each student's kernel takes seconds: all of this runs with GRADER_WHOLE_CLASS=1 in the environment, as every night and
before a release. `test_grading.py` shows the same each time, for a small course.
"""

import os
import shutil
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.integrations.nbgrader.config import open_nbcourse
from grader.integrations.nbgrader.gradebook import alembic_on_path, open_gradebook
from grader.integrations.nbgrader.grading import grade_nbgrader
from grader.integrations.nbgrader.release import release_to_nbgrader
from grader.judging.schedule import Options
from tests.courses import impatient_course

CLASS = Path(__file__).resolve().parents[3] / "tests/corpus/class"
pytestmark = pytest.mark.skipif(
    not os.environ.get("GRADER_WHOLE_CLASS"), reason="takes minutes; GRADER_WHOLE_CLASS=1 runs it"
)
ASSIGNMENTS = sorted({path.name for path in CLASS.glob("*/*") if path.is_dir()})
UNREADABLE = [("omar", "indexing")]
"""A notebook that was cut off: nbgrader itself stops at it and gives no score."""


SUBMISSIONS = sorted((path.parent.name, path.name) for path in CLASS.glob("*/*") if path.is_dir())
"""(student, assignment) pairs."""


def hand_in(directory):
    """Hand in what the class wrote; who answered in a module leaves the notebook as it was given out."""
    for student, assignment in SUBMISSIONS:
        target = directory / "submitted" / student / assignment
        target.mkdir(parents=True)
        shutil.copy(directory / "release" / assignment / f"{assignment}.ipynb", target)
        for path in (CLASS / student / assignment).glob(f"{assignment}.*"):
            (target / path.name).unlink(missing_ok=True)
            shutil.copy(path, target)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return (nbgrader's, ours): the points of each test cell by student and assignment."""
    from nbgrader.apps import NbGraderAPI

    course = load_course(impatient_course(tmp_path_factory.mktemp("course"), ASSIGNMENTS))
    directory = tmp_path_factory.mktemp("class") / "nb"
    assert len(list(release_to_nbgrader(course, directory, ASSIGNMENTS))) == len(ASSIGNMENTS)
    hand_in(directory)
    copy = shutil.copytree(directory, directory.parent / "copy")
    api = NbGraderAPI(config=open_nbcourse(directory).config)
    api.log_level = "CRITICAL"
    with alembic_on_path():
        for assignment in ASSIGNMENTS:
            result = api.autograde(assignment, "*")
            assert result["success"] == (assignment not in dict(UNREADABLE).values()), result
    grade_nbgrader(course, copy, None, Options(shrink_seconds=0.0, public=True))
    return points(directory), points(copy)


def points(directory):
    target = open_nbcourse(directory)
    with open_gradebook(target.db_url, target.id) as gradebook:
        return {
            (one.student.id, one.name): {grade.name: grade.auto_score for grade in one.notebooks[0].grades}
            for assignment in ASSIGNMENTS
            for one in gradebook.assignment_submissions(assignment)
        }


def test_the_class_is_a_class():
    assert len({student for student, _ in SUBMISSIONS}) >= 5
    assert {assignment for who, assignment in SUBMISSIONS if (who, assignment) not in UNREADABLE} == set(ASSIGNMENTS)


def test_everybody_has_a_score_both_ways(graded):
    by_nbgrader, by_us = graded
    assert set(by_nbgrader) == set(by_us) == set(SUBMISSIONS)
    for who in SUBMISSIONS:
        assert None not in by_us[who].values()
        assert (None in by_nbgrader[who].values()) == (who in UNREADABLE)


@pytest.mark.parametrize("who", [who for who in SUBMISSIONS if who not in UNREADABLE], ids="-".join)
def test_the_public_part_scores_the_same(graded, who):
    by_nbgrader, by_us = graded
    assert by_nbgrader[who] == by_us[who]


@pytest.mark.parametrize("who", UNREADABLE, ids="-".join)
def test_what_nbgrader_cannot_read_gets_no_points_from_us(graded, who):
    assert sum(graded[1][who].values()) == 0.0


def test_the_scores_differ_between_students(graded):
    totals = {sum(scores.values()) for scores in graded[1].values()}
    assert 0.0 in totals
    assert len(totals) > 5
