import shutil

import pytest

from grader.course.settings import load_course
from tests.integrations.nbgrader.sample import write_nb_course

nbgrader = pytest.importorskip("nbgrader")


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    return load_course(write_nb_course(tmp_path_factory.mktemp("course")))


@pytest.fixture(scope="session")
def _released(course, tmp_path_factory):
    from grader.integrations.nbgrader.release import release_to_nbgrader

    directory = tmp_path_factory.mktemp("released") / "nb"
    assert [one.assignment for one in release_to_nbgrader(course, directory, ["small"])] == ["small"]
    return directory


@pytest.fixture
def nb(_released, tmp_path):
    """An nbgrader course of one's own, released and with nothing handed in."""
    return shutil.copytree(_released, tmp_path / "nb")


@pytest.fixture
def gradebook(nb):
    from grader.integrations.nbgrader.config import open_nbcourse
    from grader.integrations.nbgrader.gradebook import open_gradebook

    target = open_nbcourse(nb)
    with open_gradebook(target.db_url, target.id) as found:
        yield found
