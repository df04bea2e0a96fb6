"""The annotated source: stub and notebook hold no solution, and broken regions are named by line."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from grader.course.annotated import leaks, read_annotated, reference_cells, region_problems, stub_text
from grader.course.notebooks import check_places, notebook_text
from grader.records.errors import AuthorError
from tests.courses import SOURCE, write

SECRET = "torch.mul(x, 2)"

WHOLE = '''\
# %%
import torch

# %% exercise="Scale"
class Scale:
    def forward(self, x):
        """Double."""
        if x is None:
            ### BEGIN SOLUTION
            return None
            ### END SOLUTION
        ### BEGIN SOLUTION
        factor = 2
        return x * factor
        ### END SOLUTION

# %% exercise="helper"
### BEGIN SOLUTION
def helper(x):
    return [x, x, x, x]
### END SOLUTION
'''

NAMES = {"double": ("double",)}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "solutions/demo/demo.py", SOURCE)


def broken(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(AuthorError) as caught:
        read_annotated(write(tmp_path / "solutions/demo/demo.py", text))
    return caught.value.message


def test_cells_keep_language_and_exercise(source: Path) -> None:
    cells = read_annotated(source).cells
    assert [(cell.kind, cell.language, cell.exercise) for cell in cells] == [
        ("markdown", "en", ""),
        ("markdown", "ko", ""),
        ("code", "", ""),
        ("code", "", "double"),
    ]
    assert cells[1].source == "# 두 배"


def test_reference_cells_hold_the_reference(source: Path) -> None:
    imports, double = reference_cells(source)
    assert imports == "import torch"
    assert SECRET in double


def test_stub_is_a_module_without_the_solution(source: Path) -> None:
    text = stub_text(read_annotated(source))
    assert text == (
        "# Write your answers here and run `grader check demo`; demo.ipynb holds the same tasks with explanations.\n\n"
        "import torch\n\n\n"
        'def double(x):\n    """Return x twice."""\n    raise NotImplementedError\n'
    )


def test_notebook_is_valid_and_always_the_same(source: Path) -> None:
    annotated = read_annotated(source)
    text = notebook_text(annotated, NAMES)
    assert text == notebook_text(read_annotated(source), NAMES)
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert [cell.id for cell in notebook.cells] == [
        "demo-ready",
        "demo-1",
        "demo-2",
        "demo-3",
        "double-4",
        "double-check",
    ]
    assert notebook.cells[2].source == "# 두 배"
    assert notebook.cells[2].metadata == {"grader": {"language": "ko"}}
    assert notebook.cells[4].metadata == {"grader": {"exercise": "double"}}
    assert SECRET not in text
    assert "raise NotImplementedError" in notebook.cells[4].source
    assert notebook.cells[5].source == 'check("demo.double")'
    assert "두 배" in text


def test_a_cell_that_shows_an_answer_is_in_the_notebook_only(tmp_path: Path) -> None:
    path = tmp_path / "small.py"
    drawing = '# %% shows="f"\nif __name__ == "__main__":\n    print(f())\n'
    path.write_text(
        '# %% exercise="f"\ndef f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n' + drawing
    )
    annotated = read_annotated(path)
    assert "print" not in stub_text(annotated)
    assert not any("print" in cell for cell in reference_cells(path))
    assert [cell["id"] for cell in json.loads(notebook_text(annotated, {"f": ["f"]}))["cells"]] == [
        "small-ready",
        "f-1",
        "f-check",
        "small-2",
    ]


def test_regions_anywhere(tmp_path: Path) -> None:
    text = stub_text(read_annotated(write(tmp_path / "demo.py", WHOLE)))
    assert "        if x is None:\n            raise NotImplementedError\n        raise NotImplementedError\n" in text
    assert "factor" not in text
    assert text.endswith("# Write your code here.\n")
    namespace: dict[str, object] = {}
    exec(text.replace("import torch", ""), namespace)
    assert "Scale" in namespace
    assert "helper" not in namespace


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("    ### END SOLUTION", [(1, "END SOLUTION without a BEGIN SOLUTION before it")]),
        ("### BEGIN SOLUTION\nx = 1", [(1, "BEGIN SOLUTION without an END SOLUTION")]),
        (
            "### BEGIN SOLUTION\nx = 1\n### BEGIN SOLUTION\ny = 2\n### END SOLUTION",
            [(3, "BEGIN SOLUTION inside the region that begins in line 1")],
        ),
        (
            "### BEGIN SOLUTION\n# only a remark\n\n### END SOLUTION",
            [(1, "the region is empty: there is no solution to take out")],
        ),
        ("### BEGIN SOLUTION\nx = 1\n# %%\ny = 1\n### END SOLUTION", [(1, "the region runs into another cell")]),
        (
            "class A:\n    ### BEGIN SOLUTION\n    def f(self): ...\n    ### END SOLUTION",
            [
                (
                    2,
                    "the region stands in the body of a class, which the stub could not define: "
                    "put one inside each method, or one around the whole class",
                )
            ],
        ),
        ("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION", []),
        ("# begin solution\nx = 1\n# end solution", []),
    ],
)
def test_region_problems(text: str, problems: list[tuple[int, str]]) -> None:
    assert region_problems(text) == problems


def test_all_region_problems_come_at_once(tmp_path: Path) -> None:
    assert broken(tmp_path, "### END SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n### BEGIN SOLUTION\n") == (
        "solutions/demo/demo.py has solution regions that do not fit:\n"
        "  line 1: END SOLUTION without a BEGIN SOLUTION before it\n"
        "  line 2: the region is empty: there is no solution to take out\n"
        "  line 4: BEGIN SOLUTION without an END SOLUTION"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# %%\ndef f(:\n", " does not compile: line 2: invalid syntax\n    def f(:\n          ^"),
        (
            "# %%\nif True:\n### BEGIN SOLUTION\n    x = 1\n### END SOLUTION\n",
            " does not compile once its solutions are taken out: line 3: expected an indented block",
        ),
        (
            "# %%\nclass A:\n    pass\n# %%\n    x = 1\n",
            ": the cell that begins 'x = 1' does not compile on its own: line 1: unexpected indent",
        ),
        (b"x = '\xff'", " cannot be read: 'utf-8' codec can't decode byte 0xff"),
    ],
)
def test_sources_that_do_not_compile(tmp_path: Path, text: str | bytes, message: str) -> None:
    assert broken(tmp_path, text).startswith(f"solutions/demo/demo.py{message}")


def test_missing_source(tmp_path: Path) -> None:
    with pytest.raises(AuthorError) as caught:
        read_annotated(tmp_path / "solutions/demo/demo.py")
    assert caught.value.message == "solutions/demo/demo.py is missing."
    assert "grader new" in str(caught.value.hint)


def test_leaks(tmp_path: Path) -> None:
    annotated = read_annotated(write(tmp_path / "demo.py", WHOLE))
    assert leaks(annotated, stub_text(annotated)) == []
    assert leaks(annotated, "        return x * factor") == ["return x * factor"]
    assert leaks(annotated, "Write return [x, x, x, x] there.") == []
    assert leaks(annotated, "return [x, x, x, x]") == ["return [x, x, x, x]"]
    assert leaks(annotated, "factor = 2\nreturn None\n") == []


def test_long_lines_leak_within_prose_too(source: Path) -> None:
    annotated = read_annotated(source)
    prose = f"Hint: return {SECRET} + 0 is one way."
    assert leaks(annotated, prose) == [f"return {SECRET} + 0"]
    assert leaks(annotated, prose, whole_lines=True) == []


def test_the_notebook_survives_a_round_trip(source: Path) -> None:
    notebook = json.loads(notebook_text(read_annotated(source), NAMES))
    assert all("id" in cell for cell in notebook["cells"])
    assert all(cell["outputs"] == [] for cell in notebook["cells"] if cell["cell_type"] == "code")


def test_the_body_of_an_exercises_function_needs_no_marks(tmp_path: Path) -> None:
    source = '# %% exercise="f"\ndef g(x):\n    return x\ndef f(x):\n    """Twice."""\n    y = g(x)\n    return 2 * y\n'
    (cell,) = read_annotated(write(tmp_path / "a.py", source)).code
    assert cell.stub.endswith('def f(x):\n    """Twice."""\n    raise NotImplementedError')
    assert "return x" in cell.stub  # what stands beside it is given


def test_an_exercise_is_checked_after_all_that_its_check_uses(tmp_path: Path) -> None:
    source = '# %% exercise="save"\ndef save():\n    return 1\n# %% exercise="load"\ndef load():\n    return 2\n'
    annotated = read_annotated(write(tmp_path / "demo.py", source))
    names = {"save": ("save", "load"), "load": ("load",), "elsewhere": ("elsewhere",)}
    assert check_places(annotated, names) == {"save": 1, "load": 1}
    cells = json.loads(notebook_text(annotated, names))["cells"]
    assert [cell["id"] for cell in cells] == ["demo-ready", "save-1", "load-2", "save-check", "load-check"]
