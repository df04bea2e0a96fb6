"""One course, graded both ways: by nbgrader in a real kernel, and by the engine."""

import copy
import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from grader.commands import cli
from grader.integrations.nbgrader.config import open_nbcourse
from grader.integrations.nbgrader.gradebook import alembic_on_path, open_gradebook
from grader.integrations.nbgrader.grading import grade_nbgrader
from grader.judging.reporting import ReportSink, empty_report
from grader.judging.schedule import Options
from grader.records.errors import UsageError
from tests.integrations.nbgrader.sample import HIDDEN, SEED, answered, cell, hand_in, module, released_notebook

QUICK = Options(shrink_seconds=0.0)
PUBLIC = dataclasses.replace(QUICK, public=True)


def graded(course, directory, options):
    with ReportSink(empty_report(course, None)) as sink:
        grade_nbgrader(course, directory, None, options, [sink])
    return sink.report


FLOATS_ONLY = "def double(x):\n    return 2.0 * x\n"
"""Passes the public probe, which draws floating numbers, and not the hidden one."""


def api_of(directory):
    from nbgrader.apps import NbGraderAPI

    api = NbGraderAPI(config=open_nbcourse(directory).config)
    api.log_level = "CRITICAL"
    return api


def autograde(directory, student):
    with alembic_on_path():
        return api_of(directory).autograde("small", student)


def scores(directory, assignment="small"):
    """Return the automatic scores of our test cells by student."""
    target = open_nbcourse(directory)
    with open_gradebook(target.db_url, target.id) as gradebook:
        return {
            one.student.id: {
                grade.name: grade.auto_score for grade in one.notebooks[0].grades if grade.name.startswith("test-")
            }
            for one in gradebook.assignment_submissions(assignment)
        }


def outputs(directory, student, grade_id):
    path = directory / "autograded" / student / "small/small.ipynb"
    return cell(json.loads(path.read_text(encoding="utf-8")), grade_id)["outputs"]


def text(output):
    found = output.get("text", output.get("data", {}).get("text/plain", ""))
    return "".join(found)


def spoil(notebook):
    """Do to a notebook what editors do: no metadata, no tests, a copied cell, a magic, a cell that raises."""
    notebook["cells"] = [one for one in notebook["cells"] if "check_cell" not in "".join(one["source"])]
    notebook["cells"].append(copy.deepcopy(notebook["cells"][0]))
    for one in notebook["cells"]:
        one["metadata"] = {}
    extra = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "id": "x1"}
    notebook["cells"].insert(0, extra | {"source": "%matplotlib inline\n!ls\n1 / 0"})
    return notebook


@pytest.fixture(scope="module")
def class_of_three(_released, course, tmp_path_factory):
    """Three students handed in; the same course is then graded both ways."""
    first = shutil.copytree(_released, tmp_path_factory.mktemp("both") / "nb")
    hand_in(first, "ada", answered(first, double=FLOATS_ONLY), "2030-01-09 00:00:00 UTC")
    wrong = {"total": "def total(x):\n    return x.sum()\n", "root": "def root(n):\n    return n\n"}
    hand_in(first, "bob", spoil(answered(first, **wrong)), "2030-01-11 00:00:00 UTC")
    hand_in(first, "cy", released_notebook(first), small=module(argmax="def argmax(x):\n    return 0\n"))
    second = shutil.copytree(first, first.parent / "copy")
    for student in ("ada", "bob", "cy"):
        result = autograde(first, student)
        assert result["success"], result
    report = graded(course, second, PUBLIC)
    return first, second, report


def test_the_public_part_scores_the_same_both_ways(class_of_three):
    by_nbgrader, by_us, report = class_of_three
    found = scores(by_nbgrader)
    assert found == scores(by_us)
    assert {student: sum(points.values()) for student, points in found.items()} == {"ada": 6.0, "bob": 4.0, "cy": 5.0}
    assert {one.student: one.points for one in report.submissions} == {"ada": 6.0, "bob": 4.0, "cy": 5.0}


@pytest.mark.parametrize("which", [0, 1])
def test_a_test_cell_shows_the_message_and_ends_in_the_bare_number(class_of_three, which):
    directory = class_of_three[which]
    for grade_id, number in (("test-total", "0.0"), ("test-double", "2.0")):
        found = outputs(directory, "bob", grade_id)
        assert [output["output_type"] for output in found] == ["stream", "execute_result"]
        assert found[0]["name"] == "stdout"
        assert text(found[1]) == number
    assert "torch.einsum" in text(outputs(directory, "bob", "test-total")[0])


def test_late_work_costs_the_same_both_ways(class_of_three):
    penalties = []
    for directory in class_of_three[:2]:
        target = open_nbcourse(directory)
        with open_gradebook(target.db_url, target.id) as gradebook:
            found = gradebook.assignment_submissions("small")
            penalties.append({one.student.id: one.notebooks[0].late_submission_penalty for one in found})
    assert penalties[0] == penalties[1]
    assert penalties[0]["bob"] == pytest.approx(0.4)
    assert penalties[0]["ada"] is None


def test_nbgraders_own_steps_work_on_what_we_graded(class_of_three):
    directory = shutil.copytree(class_of_three[1], class_of_three[1].parent / "own-steps")
    api = api_of(directory)
    assert {one["student"]: (one["autograded"], one["score"]) for one in api.get_submissions("small")} == {
        "ada": (True, 6.0),
        "bob": (True, 4.0),
        "cy": (True, 5.0),
    }
    assert api.get_autograded_students("small") == {"ada", "bob", "cy"}
    result = api.generate_feedback("small", force=True)
    assert result["success"], result
    page = (directory / "feedback/bob/small/small.html").read_text(encoding="utf-8")
    assert "torch.einsum" in page


def test_the_whole_grading_adds_the_hidden_probes_and_shows_none(class_of_three, course):
    directory = shutil.copytree(class_of_three[0], class_of_three[0].parent / "hidden")
    target = open_nbcourse(directory)
    with open_gradebook(target.db_url, target.id) as gradebook:
        gradebook.find_grade("test-total", "small", "small", "bob").manual_score = 0.5
        gradebook.db.commit()
    report = graded(course, directory, QUICK)
    assert report.sandbox.level in ("strong", "good")
    found = scores(directory)
    assert found["ada"]["test-double"] == 0.0
    assert found["bob"]["test-double"] == 2.0
    with open_gradebook(target.db_url, target.id) as gradebook:
        assert gradebook.find_grade("test-total", "small", "small", "bob").manual_score == 0.5
        comment = gradebook.find_comment("double", "small", "small", "ada").auto_comment
    assert "A hidden test failed" in comment
    page = (directory / "feedback/ada/small/small.html").read_text(encoding="utf-8")
    assert "A hidden test failed" in page
    shown = [page, comment, (directory / "autograded/ada/small/small.ipynb").read_text(encoding="utf-8")]
    for secret in ("double_of_integers", HIDDEN.splitlines()[4], SEED, "int64"):
        assert not [where for where in shown if secret in where]
    assert (directory / "feedback/bob/small/timestamp.txt").read_text() == "2030-01-11 00:00:00 UTC"


def test_stock_nbgrader_that_runs_every_cell_gives_the_same(class_of_three):
    directory = shutil.copytree(class_of_three[0], class_of_three[0].parent / "stock")
    config = directory / "nbgrader_config.py"
    swapped = config.read_text().replace(
        "grader.integrations.nbgrader.preprocess.ExecuteTestCells", "nbgrader.preprocessors.Execute"
    )
    config.write_text(swapped)
    shutil.rmtree(directory / "autograded/bob")
    result = autograde(directory, "bob")
    assert result["success"], result
    assert scores(directory)["bob"] == scores(class_of_three[0])["bob"]
    assert [output["output_type"] for output in outputs(directory, "bob", "test-total")] == ["stream", "execute_result"]


BAD = {
    "zero": b"",
    "cut": b'{"cells": [{"cell_type": "code", "sou',
    "junk": bytes(range(256)),
    "list": b"[]",
    "nothing": None,
}


def test_a_time_that_cannot_be_read_is_refused_before_anything_is_graded(nb, course):
    hand_in(nb, "ada", answered(nb))
    hand_in(nb, "cut", answered(nb), "once upon a time")
    with pytest.raises(UsageError, match=r"1 of 2 times cannot be read(.|\n)*'once upon a time'"):
        graded(course, nb, PUBLIC)
    assert not (nb / "autograded").exists()


def test_files_that_are_no_notebooks_cost_only_their_own_points(nb, course):
    for student, contents in BAD.items():
        hand_in(nb, student, contents, None)
    hand_in(nb, "hog", answered(nb) | {"metadata": {"x": "y" * 2_000_000}})
    (nb / "submitted/linked").mkdir()
    (nb / "submitted/linked/small").symlink_to(nb / "submitted/hog/small")
    report = graded(course, nb, PUBLIC)
    found = {one.student: one for one in report.submissions}
    assert found["hog"].points == 6.0
    assert set(found) == {*BAD, "hog"}
    for student in BAD:
        assert {one.outcome for one in found[student].exercises} == {"unreadable"}
        assert found[student].points == 0.0
    shown = json.loads((nb / "autograded/zero/small/small.ipynb").read_text())
    assert "Could not be read" in shown["cells"][0]["source"]
    assert api_of(nb).generate_feedback("small", force=True)["success"]


def test_an_old_notebook_of_format_3_is_graded(nb, course, monkeypatch):
    import nbformat

    new = nbformat.reads(json.dumps(answered(nb)), as_version=4)
    hand_in(nb, "old", nbformat.writes(new, version=3))
    assert '"worksheets"' in (nb / "submitted/old/small/small.ipynb").read_text()
    monkeypatch.chdir(nb)
    report = graded(course, Path(), PUBLIC)  # as `grader grade --nbgrader .` is called in its folder
    assert report.submissions[0].points == 6.0
    shown = json.loads((nb / "autograded/old/small/small.ipynb").read_text())
    assert "return 2 * x" in cell(shown, "double")["source"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["NB"], "Nothing was handed in"),
        (["NB", "smal"], "Did you mean 'small'?"),
        (["NB", "small", "more"], "at most one assignment"),
        (["NB", "--exercise", "small.double"], "--exercise does not go with --nbgrader"),
        (["COURSE"], "it has no nbgrader_config.py"),
    ],
)
def test_wrong_use_is_told(nb, course, capsys, arguments, told):
    places = {"NB": str(nb), "COURSE": str(course.root)}
    words = [places.get(word, word) for word in arguments]
    assert cli.run(["grade", "--nbgrader", *words, "--course", str(course.root)]) == 2
    assert told in capsys.readouterr().err


def test_settings_that_raise_are_told_with_their_file(nb, course):
    (nb / "nbgrader_config.py").write_text("1 / 0\n")
    with pytest.raises(UsageError, match=r"nbgrader_config\.py raises ZeroDivisionError"):
        grade_nbgrader(course, nb)
