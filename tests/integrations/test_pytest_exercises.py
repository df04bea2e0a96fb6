"""`pytest` in a student's folder: every exercise is a test, and says what `grader check` says."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.publishing.build import write_examples, write_files
from grader.publishing.release import release_to_folder
from tests.small_course import RIGHT, write_small_course

pytest_plugins = ["pytester"]

IMPORTED = (
    "\n\nif __name__ != '__main__' and 'pytest' in __import__('sys').modules:\n    raise SystemExit('imported')\n"
)
WRONG = {"double": "def double(x):\n    return x * x\n", "root": "def root(n):\n    raise NotImplementedError\n"}
ANSWER = "import torch\n\n\n" + "\n\n".join({**RIGHT, **WRONG}.values()) + IMPORTED


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's folder, with one answer wrong and one not written."""
    course = load_course(write_small_course(tmp_path_factory.mktemp("course")))
    write_files(course, "small")
    write_examples(course, "small")
    folder = tmp_path_factory.mktemp("given")
    assert list(release_to_folder(course, folder, ["small"]))
    (folder / "assignments/small/small.py").write_text(ANSWER, encoding="utf-8")
    return folder


def test_every_exercise_is_a_test_with_its_explanation(given: Path, pytester: pytest.Pytester) -> None:
    junit = pytester.path / "junit.xml"
    done = pytester.runpytest_inprocess(f"--rootdir={given}", str(given / "assignments/small"), f"--junitxml={junit}")
    done.assert_outcomes(passed=3, failed=2)
    done.stdout.fnmatch_lines(
        [
            "*_ small.double _*",
            "* differ*; greatest difference *",
            "On an example that fails:",
            "*_ small.root _*",
            "root is still the stub: it raises NotImplementedError",
            "FAILED *small.py::double - *",
        ]
    )
    assert "Traceback" not in done.stdout.str()
    cases = {case.get("name"): case for case in ElementTree.parse(junit).iter("testcase")}
    assert set(cases) == {"double", "backwards", "total", "argmax", "root"}
    points = {one.get("name"): one.get("value") for one in cases["double"].iter("property")}
    assert points == {"points": "0.0", "max_points": "2.0"}


def test_words_choose_and_other_files_are_left_to_others(given: Path, pytester: pytest.Pytester) -> None:
    options = (f"--rootdir={given}", "--collect-only", "-q", "-k", "double or root")
    done = pytester.runpytest_inprocess(*options, str(given / "assignments/small/small.ipynb"))
    assert [line.rpartition("/")[2] for line in done.outlines[:3]] == ["small.ipynb::double", "small.ipynb::root", ""]
    done = pytester.runpytest_inprocess(*options, str(given))
    assert done.outlines[0].endswith("small/small.py::double")
    assert "2/5 tests collected" in done.outlines[-1]
    done = pytester.runpytest_inprocess(*options, "--doctest-modules", f"{given}/assignments/small/small.py::root")
    assert [line.rpartition("/")[2] for line in done.outlines[:2]] == ["small.py::root", ""]
    beside = pytester.mkdir("assignments") / "small"
    beside.mkdir()
    (beside / "small.py").write_text(ANSWER)
    assert pytester.runpytest_inprocess(str(beside)).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_what_is_wrong_with_the_course_is_told(given: Path, pytester: pytest.Pytester) -> None:
    examples = given / "assignments/small/examples.bin"
    kept = examples.read_bytes()
    examples.unlink()
    done = pytester.runpytest_inprocess(f"--rootdir={given}", str(given / "assignments/small"), "-k", "double")
    examples.write_bytes(kept)
    done.assert_outcomes(failed=1, deselected=4)
    done.stdout.fnmatch_lines(["*examples*"])
    assert "Traceback" not in done.stdout.str()
