"""Which course a notebook belongs to, and how one that lies alone gets it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.course.setup_cell import setup_comment
from grader.integrations.notebook import course_folder
from grader.integrations.notebook.course_folder import KEPT, course_beside, fetch_unless_beside
from grader.integrations.notebook.magics import check, load
from grader.records.errors import UsageError
from grader.records.text.language import language
from tests import snapshot
from tests.courses import write, write_settings
from tests.judging.checks.test_messages import in_both


@pytest.fixture(autouse=True)
def _nothing_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course_folder, "_fetched", None)


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """Return a folder that holds a notebook and nothing else."""
    return write(tmp_path / "alone/one.ipynb", "{}").parent


def packed(tmp_path: Path, folder: str = "released") -> Path:
    """Return a released course as a zip file, in a folder of its own as a download has it."""
    write_settings(tmp_path / "packed" / folder, "one")
    return Path(shutil.make_archive(str(tmp_path / folder), "zip", tmp_path / "packed", folder))


def test_the_course_above_is_taken_then_the_one_below(tmp_path: Path) -> None:
    root = write_settings(tmp_path / "up/course", "one")
    notebook = write(root / "assignments/one/one.ipynb", "{}").parent
    assert course_beside(notebook) == root
    assert course_beside(tmp_path / "up") == root
    assert not fetch_unless_beside("https://not.asked.example/a.zip", notebook)


def test_a_notebook_alone_fetches_a_zip_once(tmp_path: Path, alone: Path) -> None:
    archive = packed(tmp_path)
    assert fetch_unless_beside(archive.as_uri(), alone)
    root = course_beside(alone)
    assert (root / "course.toml").is_file()
    assert alone / KEPT in root.parents
    archive.unlink()
    assert not fetch_unless_beside(archive.as_uri(), alone), "it lies there"
    os.utime(root.parent, (0, 0))
    assert not fetch_unless_beside(archive.as_uri(), alone), "an old one is better than none"
    assert course_beside(alone) == root


def test_an_old_one_is_fetched_again(tmp_path: Path, alone: Path) -> None:
    archive = packed(tmp_path)
    fetch_unless_beside(archive.as_uri(), alone)
    write(tmp_path / "packed/released/more.txt", "mended")
    packed(tmp_path)
    os.utime(course_beside(alone).parent, (0, 0))
    assert fetch_unless_beside(archive.as_uri(), alone)
    assert (course_beside(alone) / "more.txt").is_file()


def test_a_notebook_alone_fetches_a_git_repository(tmp_path: Path, alone: Path) -> None:
    root = write_settings(tmp_path / "repository", "one")
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*git, *words], check=True)
    assert fetch_unless_beside(root.as_uri(), alone)
    assert (course_beside(alone) / "course.toml").is_file()


def test_what_cannot_be_fetched_is_told_with_what_to_do(tmp_path: Path, alone: Path) -> None:
    broken = write(tmp_path / "broken.zip", "no zip")
    empty = Path(shutil.make_archive(str(tmp_path / "empty"), "zip", write(tmp_path / "e/a.txt", "a").parent))
    for url, why in (
        (broken.as_uri(), "it is no zip file"),
        (empty.as_uri(), r"there is no course\.toml in it"),
        ((tmp_path / "none.zip").as_uri(), "No such file"),
        ((tmp_path / "none").as_uri(), "does not (appear to be a git repository|exist)"),
    ):
        with pytest.raises(UsageError, match=rf"could not be fetched from file://.*{why}") as caught:
            fetch_unless_beside(url, alone)
        assert "get the whole folder again" in str(caught.value)
    with pytest.raises(UsageError, match=r"such as %course https://"):
        fetch_unless_beside("--upload-pack=touch x", alone)
    assert not [path for path in (alone / KEPT).iterdir() if path.name.startswith(".new")]


def test_a_repository_needs_git(tmp_path: Path, alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(alone))
    with pytest.raises(UsageError, match="git is not installed"):
        fetch_unless_beside((tmp_path / "repository").as_uri(), alone)


def test_what_is_too_large_is_not_unpacked(tmp_path: Path, alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course_folder, "_MOST", 10)
    with pytest.raises(UsageError, match="it is larger than 0 MB"):
        fetch_unless_beside(packed(tmp_path).as_uri(), alone)


def test_a_notebook_without_a_course_says_what_is_missing(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=rf"not beside this notebook: there is no course\.toml in {alone}") as caught:
        course_beside(alone)
    assert "Put the notebook back into the folder" in str(caught.value)
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    with pytest.raises(UsageError, match="Upload the whole folder that you were given, not the notebook alone"):
        course_beside(alone)


def test_what_a_notebook_says_in_both_languages(tmp_path: Path, alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    load(shell)
    course, exercise = shell.magics["course"], shell.magics["exercise"]
    nothing = write(tmp_path / "nothing.zip", "no zip").as_uri()
    archive = packed(tmp_path).as_uri()
    monkeypatch.chdir(alone)

    def told() -> Iterator[str]:
        monkeypatch.setenv("GRADER_LANG", language())
        yield setup_comment()
        for said in (lambda: course(""), lambda: course(nothing), lambda: check("one.f"), lambda: exercise("", "1")):
            yield repr(said()).replace(str(tmp_path), "HERE")
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
            yield repr(check("one.f")).replace(str(tmp_path), "HERE")
        yield repr(course(archive))
        assert course(archive) is None
        shutil.rmtree(alone / KEPT)
        course_folder._fetched = None

    snapshot.check("notebook.txt", in_both(told))


class Shell:
    """As much of IPython's shell as loading the extension needs."""

    def __init__(self) -> None:
        self.magics: dict[str, Callable[..., object]] = {}
        self.user_ns: dict[str, object] = {}

    def register_magic_function(self, function: Callable[..., object], magic_kind: str, magic_name: str) -> None:
        assert magic_kind in ("line", "cell")
        self.magics[magic_name] = function

    def push(self, names: dict[str, object], interactive: bool) -> None:
        assert not interactive
        self.user_ns |= names
