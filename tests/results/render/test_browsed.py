"""The pages of a class in a headless Chromium: clicked through, in both themes, on a phone, with hostile texts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.records.findings import Finding
from grader.records.verdict import decide
from grader.results.render.site import file_names, site
from grader.results.report import Report, submission_report
from tests import samples
from tests.browser import browser_path, launched

pytest.importorskip("playwright", reason="the extra `browser` is not installed")
pytestmark = pytest.mark.skipif(
    browser_path() is None, reason="there is no Chromium here, and GRADER_BROWSER names none"
)

HOSTILE = (
    "<script>document.title = 'owned'</script>",
    "\"'><img src=x onerror=\"document.title='owned'\">",
    "\u202egnp.\u2066exe\u200f ada",
    "w" * 300,
    "javascript:alert(1)//../../index.html?#&amp;",
)
PHONE, DESK = 360, 1100
WIDTH = "document.documentElement.scrollWidth"
COLOURS = """() => {
    const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
    return {
        text: of("body", "color"),
        label: of("figure svg text", "fill"),
        bars: [...new Set([...document.querySelectorAll("figure svg path")].map(one => getComputedStyle(one).fill))],
    };
}"""


def hostile_class() -> Report:
    rows = []
    for text in HOSTILE:
        finding = Finding(kind="value", must=True, message=f"got {text}", counterexample=f"x = {text!r}", printed=text)
        wrong = decide("einsum.trace", "failed", 1, examples=3, seconds=0.2, findings=[finding], title=text)
        rows.append(submission_report(text, "einsum", text, [wrong], notes=[text]))
    plain = samples.a_class()
    return msgspec.structs.replace(plain, submissions=(*plain.submissions, *rows), notes=HOSTILE)


@dataclasses.dataclass
class Watched:
    """A page in a browser, with what it complained of and what it asked for."""

    page: Any
    complaints: list[str]
    requests: list[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = hostile_class()
    code = (
        "import torch\n\n\ndef trace(x):\n    return '</ol><script>document.title = 1</script>' " + "x" * 400 + "\n",
    )
    root = tmp_path_factory.mktemp("pages")
    for path, text in site(report, {(one.student, one.assignment): code for one in report.submissions}).items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def watch(browser: Any, path: Path, width: int = DESK, scheme: str = "light") -> Watched:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.set_default_timeout(20_000)
    found = Watched(page, [], [])
    page.on("console", lambda message: found.complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on("request", lambda request: found.requests.append(request.url))
    page.goto(path.as_uri())
    return found


def test_the_class_is_clicked_through(browser: Any, pages: Path) -> None:
    found = watch(browser, pages / "index.html")
    page = found.page
    assert page.title() == "Deep Learning 101: the class"
    closed = page.locator("details.cause:not([open])").first
    names = closed.locator(".names")
    assert not names.is_visible()
    closed.locator("summary").click()
    cause = page.locator("details.cause").nth(3)  # the first three are open from the beginning
    assert cause.locator(".names").is_visible()
    student = cause.locator(".names a").first
    name = student.inner_text()
    student.click()
    assert page.locator("h1").inner_text() == name
    assert page.locator("ol.code li").first.is_visible()
    page.go_back()
    assert page.locator("h1").inner_text() == "Deep Learning 101: the class"
    page.locator("figure summary").first.click()
    assert "median" in page.locator("figure details").first.inner_text()
    assert found.complaints == []
    assert set(found.requests) == {page.url, (pages / f"students/{file_names([name])[name]}.html").as_uri()}


def test_rows_are_sorted_and_found(browser: Any, pages: Path) -> None:
    page = watch(browser, pages / "index.html").page
    shown = page.locator("#points tbody tr:visible")
    everybody = shown.count()
    total = page.locator("#points th", has_text="total")
    total.click()
    assert total.get_attribute("aria-sort") == "ascending"
    total.press("Enter")
    assert total.get_attribute("aria-sort") == "descending"
    assert shown.first.inner_text().startswith("ada")
    page.locator("#find").fill("EVE")
    assert shown.all_inner_texts()[0].startswith("eve")
    assert shown.count() < everybody


def test_every_student_has_a_page_and_hostile_texts_are_read_as_texts(browser: Any, pages: Path) -> None:
    found = watch(browser, pages / "index.html")
    page = found.page
    links = page.locator("#points tbody a")
    assert links.count() == len({one.student for one in hostile_class().submissions})
    for place in range(links.count()):
        name = links.nth(place).inner_text()
        links.nth(place).click()
        assert page.locator("h1").inner_text() == name
        assert page.locator("script, img, iframe, form").count() == 0
        page.go_back()
    text = page.locator("body").text_content()
    assert all(f"got {hostile}" in text for hostile in (HOSTILE[0], HOSTILE[1], HOSTILE[3]))
    assert page.locator("body").evaluate("body => /[\\u202a-\\u202e\\u2066-\\u2069]/.test(body.textContent)") is False
    assert page.locator("script").count() == 1
    assert page.title() == "Deep Learning 101: the class"
    assert found.complaints == []
    assert all(url.startswith(pages.as_uri()) for url in found.requests)


def test_both_themes(browser: Any, pages: Path) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        page = watch(browser, pages / "index.html", scheme=scheme).page
        seen[scheme] = page.evaluate(COLOURS)
        assert seen[scheme]["label"] == seen[scheme]["text"]
        assert "rgb(0, 0, 0)" not in seen[scheme]["bars"]
    assert seen["light"]["text"] != seen["dark"]["text"]
    assert seen["light"]["bars"] != seen["dark"]["bars"]


def test_no_page_is_wider_than_a_phone(browser: Any, pages: Path) -> None:
    found = watch(browser, pages / "index.html", PHONE, "dark")
    for path in sorted(pages.rglob("*.html")):
        found.page.goto(path.as_uri())
        assert found.page.evaluate(WIDTH) <= PHONE, path
    assert found.complaints == []


def test_it_is_printed_with_everything_open(browser: Any, pages: Path) -> None:
    page = watch(browser, pages / "index.html").page
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert not page.locator("#find").is_visible()
    assert page.locator("figure svg").first.is_visible()
    assert len(page.pdf()) > 10_000


def test_planted_bugs_are_seen(browser: Any, pages: Path, tmp_path: Path) -> None:
    """What the tests above look at does change where a page loads, runs or is as wide as it must not."""
    text = (pages / "index.html").read_text(encoding="utf-8")
    planted = "<script>document.title = 'owned'</script><img src='http://127.0.0.1:9/x'><p style='width: 500px'>x</p>"
    page = tmp_path / "index.html"
    page.write_text(text.replace("</h1>", f"</h1>{planted}", 1), encoding="utf-8")
    found = watch(browser, page, PHONE)
    assert len(found.complaints) >= 2
    assert found.page.title() == "Deep Learning 101: the class"  # the page's policy holds all the same
    assert found.page.evaluate(WIDTH) > PHONE
    page.write_text(text.replace("currentColor", "#000000"), encoding="utf-8")
    seen = watch(browser, page, scheme="dark").page.evaluate(COLOURS)
    assert seen["label"] != seen["text"]
