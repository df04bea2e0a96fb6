"""The documentation builds without a warning, a dead link in it is told, and what it says of the sources is there."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from grader.judging.checks import CHECKS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md"))]


def build(source: Path, into: Path) -> subprocess.CompletedProcess[str]:
    """Build as `make docs` does."""
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-c",
        str(DOCS),
        "-W",
        "-n",
        "--keep-going",
        "-q",
        str(source),
        str(into),
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_it_builds_without_a_warning(tmp_path: Path) -> None:
    done = build(DOCS, tmp_path)
    assert done.returncode == 0, done.stderr
    spaces = (tmp_path / "authors/input-spaces.html").read_text(encoding="utf-8")
    assert 'id="grader.authoring.strategies.tensors"' in spaces, "the reference comes from the docstrings"


def test_a_dead_link_fails(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# A page\n\n[gone](nowhere.md), [too](#nothing)\n", encoding="utf-8")
    done = build(tmp_path, tmp_path / "out")
    assert done.returncode == 1
    assert "nowhere.md" in done.stderr
    assert "nothing" in done.stderr


def links(page: Path) -> set[str]:
    """Return the files that a page links to, as it writes them."""
    prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"\]\(<?([^)>\s#]*)[^)]*\)", prose)
    return {link for link in found if link and "://" not in link and not link.startswith("mailto:")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_files_that_a_page_links_to_are_there(page: Path) -> None:
    assert [link for link in sorted(links(page)) if not (page.parent / link).exists()] == []


def loaded(svg: str) -> list[str]:
    """Return what a picture would load from elsewhere when it is shown."""
    return re.findall(r"""(?:url\(|href=|src=)["']?(https?:[^"')]*)""", svg)


def test_pictures_are_small_and_load_nothing() -> None:
    pictures = sorted((DOCS / "pictures").glob("*.svg"))
    assert len(pictures) >= 3
    assert [path.name for path in pictures if path.stat().st_size > 60_000] == []
    assert [path.name for path in pictures if loaded(path.read_text(encoding="utf-8"))] == []
    assert loaded('src: url("https://fonts.example/a.woff2")') == ["https://fonts.example/a.woff2"]


def test_each_check_has_its_part_of_the_page() -> None:
    text = (DOCS / "authors/checks.md").read_text(encoding="utf-8")
    assert re.findall(r"^## `(\w+)`$", text, re.MULTILINE) == list(CHECKS)


def unfit(fragments: Path, kinds: set[str]) -> list[str]:
    """Return the files of a folder that towncrier would leave out, and those that say nothing."""
    name = re.compile(rf"\+[a-z0-9-]+\.(?:{'|'.join(sorted(kinds))})\.md")
    files = [path for path in sorted(fragments.iterdir()) if path.name != ".gitignore"]
    return [path.name for path in files if not name.fullmatch(path.name) or not path.read_text("utf-8").strip()]


def test_what_changed_is_said_where_a_release_finds_it(tmp_path: Path) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    assert settings["start_string"] in (ROOT / settings["filename"]).read_text(encoding="utf-8")
    kinds = {kind["directory"] for kind in settings["type"]}
    assert unfit(ROOT / settings["directory"], kinds) == []
    for wrong in ("demo.md", "+demo.feature.md", "+empty.fixed.md"):
        (tmp_path / wrong).write_text("" if "empty" in wrong else "A sentence.", encoding="utf-8")
    (tmp_path / "+right.added.md").write_text("A sentence.", encoding="utf-8")
    assert unfit(tmp_path, kinds) == ["+demo.feature.md", "+empty.fixed.md", "demo.md"]
