"""A released notebook in JupyterLab, in a headless browser: what is drawn can be seen in both themes.

With GRADER_LAB=1 in the environment: it takes a minute, the extra `browser`, and a Chromium or Chrome.
"""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

from grader.course.settings import load_course
from grader.publishing.release import release_to_folder
from tests.browser import browser_path
from tests.courses import REPOSITORY
from tests.integrations.notebook import lab
from tests.integrations.notebook.kernel import answered

WRONG = {"transpose": 'def transpose(x):\n    return torch.einsum("rc->rc", x).reshape(x.shape[::-1])'}
SEEN = """() => {
    const squares = [...document.querySelectorAll(".grader-exercise td")];
    const page = document.querySelector(".grader-exercise");
    return {
        page: getComputedStyle(page).color,
        inks: [...new Set(squares.map(one => getComputedStyle(one).color))],
        frames: [...new Set(squares.map(one => getComputedStyle(one).borderTopColor))],
        shown: squares.every(one => one.getBoundingClientRect().width > 10),
        wide: page.scrollWidth <= page.clientWidth,
    };
}"""


@pytest.mark.skipif(not os.environ.get("GRADER_LAB"), reason="a minute, and a browser")
def test_checks_are_seen_in_jupyterlab_in_both_themes(tmp_path: Path) -> None:
    pytest.importorskip("playwright")
    if browser_path() is None:
        pytest.skip("there is no browser")
    course = load_course(REPOSITORY)
    assert list(release_to_folder(course, tmp_path, ["einsum"]))
    path = "assignments/einsum/einsum.ipynb"
    nbformat.write(answered(course, "einsum", tmp_path, WRONG), tmp_path / path)
    with lab.opened(tmp_path, path) as page:
        lab.run_all(page)
        told = lab.outputs(page)
        assert [exercise for exercise, html in told.items() if "passed" not in html] == ["einsum.transpose"]
        assert len(told) == 17
        inks = set()
        for name in ("JupyterLab Light", "JupyterLab Dark"):
            lab.theme(page, name)
            seen = page.evaluate(SEEN)
            assert seen["inks"] == [seen["page"]]
            assert sorted(seen["frames"]) == sorted(["rgba(0, 0, 0, 0)", seen["page"]])
            assert seen["shown"]
            assert seen["wide"]
            inks.add(seen["page"])
        assert len(inks) == 2
