import pytest

from grader.authoring.exercises import Exercise
from grader.course.annotated import read_annotated
from grader.integrations.nbgrader.source import source_notebook
from grader.records.errors import AuthorError
from tests.integrations.nbgrader.sample import annotated


def exercise(name, points=1.0):
    return Exercise(name=name, points=points, probes=[], names=(name,), id=f"small.{name}")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "small.py"
    path.write_text(annotated(), encoding="utf-8")
    return read_annotated(path)


@pytest.fixture
def notebook(source):
    return source_notebook(source, [exercise(name, 2) for name in ("double", "backwards", "total", "argmax", "root")])


def kinds(notebook):
    found = {}
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader")
        if marks:
            flags = tuple(name for name in ("grade", "solution", "locked", "task") if marks[name])
            found[marks["grade_id"]] = (cell["cell_type"], flags, marks.get("points"))
    return found


def test_each_kind_of_cell_has_its_marks(notebook):
    found = kinds(notebook)
    assert found["prose-1"] == ("markdown", ("locked",), None)
    assert found["prose-2"] == ("markdown", ("locked",), None)
    assert found["double"] == ("code", ("solution",), None)
    assert found["test-double"] == ("code", ("grade", "locked"), 2)
    assert found["why"] == ("markdown", ("grade", "solution"), 2.0)
    assert found["plot"] == ("markdown", ("locked", "task"), 1.5)
    assert len(found) == 2 + 5 + 5 + 2


def test_the_test_follows_the_answer_and_ends_in_the_check(notebook):
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]]
    assert ids[ids.index("total") + 1] == "test-total"
    test = notebook["cells"][ids.index("test-total")]
    assert test["source"].splitlines()[-1] == 'check_cell("small.total")'


def test_nbgraders_own_validator_accepts_it(notebook):
    nbformat = pytest.importorskip("nbformat")
    from nbgrader.nbgraderformat import MetadataValidator

    read = nbformat.from_dict(notebook)
    nbformat.validate(read)
    MetadataValidator().validate_nb(read)


def test_no_solution_is_in_it_and_the_markers_are(notebook, source):
    text = "\n".join(cell["source"] for cell in notebook["cells"])
    assert "return x + x" not in text
    assert text.count("### BEGIN SOLUTION") == 5 + 1
    assert any("return x + x" in cell.source for cell in source.code)


def test_a_region_at_module_level_is_left_to_our_stub(tmp_path):
    path = tmp_path / "one.py"
    path.write_text('# %% exercise="f"\n### BEGIN SOLUTION\nf = abs\n### END SOLUTION\n', encoding="utf-8")
    notebook = source_notebook(read_annotated(path), [exercise("f")])
    first = notebook["cells"][0]
    assert first["metadata"]["grader"] == {"exercise": "f", "stub": "kept"}
    assert "SOLUTION" not in first["source"]
    assert "raise" not in first["source"]


def test_an_exercise_without_a_cell_is_named(source):
    with pytest.raises(AuthorError) as caught:
        source_notebook(source, [exercise("nowhere")])
    assert "no cell answers small.nowhere" in str(caught.value)
    assert 'exercise="nowhere"' in str(caught.value)


def test_two_cells_with_one_id_are_refused(tmp_path):
    path = tmp_path / "one.py"
    path.write_text(
        '# %% [markdown] task="a" points=1\n# A\n# %% [markdown] task="a" points=1\n# B\n', encoding="utf-8"
    )
    with pytest.raises(AuthorError, match="would have the grade_id 'a'"):
        source_notebook(read_annotated(path), [])


def test_points_that_are_none_are_refused(tmp_path):
    path = tmp_path / "one.py"
    path.write_text('# %% [markdown] task="a" points="many"\n# A\n', encoding="utf-8")
    with pytest.raises(AuthorError, match="points='many'"):
        read_annotated(path)
