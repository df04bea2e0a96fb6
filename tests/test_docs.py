"""The documentation builds without a warning, a dead link in it is told, and what it says of the sources is there."""

from __future__ import annotations

import re
import subprocess
import sys
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


def test_each_check_has_its_part_of_the_page() -> None:
    text = (DOCS / "authors/checks.md").read_text(encoding="utf-8")
    assert re.findall(r"^## `(\w+)`$", text, re.MULTILINE) == list(CHECKS)
