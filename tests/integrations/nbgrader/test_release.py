import datetime
import shutil
import sqlite3

import pytest

from grader.course.annotated import BEGIN, END, read_annotated
from grader.course.settings import load_course
from grader.integrations.nbgrader.release import release_to_nbgrader
from grader.records.errors import AuthorError, UsageError
from tests.courses import write
from tests.integrations.nbgrader.sample import HIDDEN, SEED, annotated, cell, released_notebook


def secret_lines():
    """Return every line of the solutions and of the hidden probes that says anything."""
    lines, inside = [], False
    for line in annotated().splitlines():
        if line.strip() in (BEGIN, END):
            inside = line.strip() == BEGIN
        elif inside:
            lines.append(line.strip())
    return lines + [line.strip() for line in HIDDEN.splitlines() if "double" in line] + [SEED]


def found_secrets(folder):
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "gradebook.db"]
    assert files
    return [(path.name, line) for path in files for line in secret_lines() if line.encode() in path.read_bytes()]


def test_nothing_secret_is_in_the_whole_course_but_its_database(nb):
    # The probes in checks.py, which students get, call the submission by the same words as one hidden line does.
    assert {line for _, line in found_secrets(nb)} <= {"return submission.double(x)"}
    assert (nb / "exchange/small/outbound/small/small.ipynb").is_file()


def test_a_planted_secret_would_be_found(nb):
    write(nb / "release/small/planted.txt", 'return torch.einsum("ij->", x)\n')
    assert ("planted.txt", 'return torch.einsum("ij->", x)') in found_secrets(nb)


def test_students_get_notebook_module_and_what_checks_need(nb):
    folder = nb / "release/small"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        "assignments/small/checks.py",
        "assignments/small/examples.bin",
        "assignments/small/mistakes.bin",
        "course.toml",
        "small.ipynb",
        "small.py",
    ]
    notebook = released_notebook(nb)
    assert "".join(cell(notebook, "double")["source"]).endswith("raise NotImplementedError")
    assert cell(notebook, "test-double")["metadata"]["editable"] is False
    assert "YOUR ANSWER HERE" in "".join(cell(notebook, "why")["source"])


def test_the_gradebook_knows_every_cell_and_the_due_date(gradebook):
    notebook = gradebook.find_notebook("small", "small")
    assert {one.name: one.max_score for one in notebook.grade_cells} == {
        "test-double": 2.0,
        "test-backwards": 1.0,
        "test-total": 1.0,
        "test-argmax": 1.0,
        "test-root": 1.0,
        "why": 2.0,
    }
    assert [one.name for one in notebook.task_cells] == ["plot"]
    assert gradebook.find_assignment("small").duedate == datetime.datetime(2030, 1, 10, 3, 0)


@pytest.fixture
def own(course, tmp_path):
    """A course of one's own to spoil."""
    return load_course(shutil.copytree(course.root, tmp_path / "own"))


def test_a_leak_stops_the_release_and_leaves_nothing(own, tmp_path):
    secret = next(line for line in secret_lines() if "einsum" in line)
    write(own.root / "assignments/small/notes.txt", f"{secret}\n")
    with pytest.raises(AuthorError) as caught:
        list(release_to_nbgrader(own, tmp_path / "nb", ["small"]))
    assert "notes.txt would give students of small" in str(caught.value)
    assert not (tmp_path / "nb/release/small").exists()
    assert not (tmp_path / "nb/exchange").exists()


@pytest.mark.parametrize("what", [SEED, HIDDEN.splitlines()[3]])
def test_seed_and_hidden_probes_are_looked_for_too(own, tmp_path, what):
    write(own.root / "assignments/small/notes.txt", f"see: {what}\n")
    with pytest.raises(AuthorError, match=r"notes\.txt would give students"):
        list(release_to_nbgrader(own, tmp_path / "nb", ["small"]))


def test_a_stale_course_is_not_released(own, tmp_path):
    (own.root / "assignments/small/small.py").write_text("old\n")
    with pytest.raises(AuthorError) as caught:
        list(release_to_nbgrader(own, tmp_path / "nb", ["small"]))
    assert "small.py is not what its source gives now" in str(caught.value)
    assert "grader build small" in str(caught.value)
    assert not (tmp_path / "nb").exists()


def test_a_second_release_needs_force_and_keeps_settings_and_scores(course, nb, gradebook):
    config = nb / "nbgrader_config.py"
    config.write_text(config.read_text() + "# mine\n")
    with pytest.raises(UsageError) as caught:
        list(release_to_nbgrader(course, nb, ["small"]))
    assert "could not release small" in str(caught.value)
    assert "--force" in str(caught.value)
    gradebook.add_student("ada")
    gradebook.add_submission("small", "ada")
    assert len(list(release_to_nbgrader(course, nb, ["small"], force=True))) == 1
    assert config.read_text().endswith("# mine\n")
    assert gradebook.find_submission("small", "ada") is not None


def test_an_exchange_elsewhere_is_written_into_the_settings(course, tmp_path):
    list(release_to_nbgrader(course, tmp_path / "nb", ["small"], exchange=tmp_path / "share"))
    assert (tmp_path / "share/small/outbound/small/small.ipynb").is_file()


def test_without_alembic_no_half_made_gradebook_is_left(course, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(UsageError) as caught:
        list(release_to_nbgrader(course, tmp_path / "nb", ["small"]))
    assert "alembic" in str(caught.value)
    assert "nothing was made" in str(caught.value)
    assert not list((tmp_path / "nb").glob("*.db"))


def test_a_gradebook_that_nbgrader_left_half_made_is_completed(course, nb):
    with sqlite3.connect(nb / "gradebook.db") as db:
        db.execute("DROP TABLE alembic_version")
    assert len(list(release_to_nbgrader(course, nb, ["small"], force=True))) == 1


def test_solutions_stay_readable_by_their_author(course):
    assert len(read_annotated(course.solution_folder("small") / "small.py").code) == 6
