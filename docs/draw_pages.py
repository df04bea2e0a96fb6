"""Makes pictures/class-page.png and pictures/student-page.png: the pages of the sample class's work on one assignment.

    python -m docs.draw_pages

Grades that first, which takes some minutes. Needs the extras `dev` and `browser`, and a Chromium or Chrome on the PATH.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser import launched
from tests.courses import REPOSITORY

PICTURES = Path(__file__).parent / "pictures"
CLASS = REPOSITORY / "tests/corpus/class"
ASSIGNMENT, STUDENT = "einsum", "chris"


def main() -> None:
    """Grade, write the pages, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        results, pages = Path(folder) / "results.json", Path(folder) / "pages"
        command = ["grade", str(CLASS), "--assignment", ASSIGNMENT, "--store", "none", "--quiet"]
        grader(*command, "--seed", "pictures", "--json", str(results))
        grader("report", str(results), "--html", str(pages), "--submissions", str(CLASS))
        take(pages)


def grader(*words: str) -> None:
    """Run a command on this repository's own course."""
    subprocess.run([str(Path(sys.executable).with_name("grader")), *words], cwd=REPOSITORY, check=True)


def take(pages: Path) -> None:
    """Take the picture of each page, in one theme each."""
    shots = (
        ("class-page", "index.html", "light", 1200, 1500),
        ("student-page", f"students/{STUDENT}.html", "dark", 1000, 1150),
    )
    with launched() as browser:
        for name, path, scheme, width, height in shots:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto((pages / path).as_uri())
            page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
