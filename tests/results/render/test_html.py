"""One page that shows everything and in which a submission's text stays text."""

from __future__ import annotations

import html.parser

from grader.results.render import render
from grader.results.report import for_audience
from tests import samples, snapshot

ONE = samples.report(samples.submission(samples.ada(), notes=["Cell 4 raised NameError: name 'y' is not defined."]))
EVIL = samples.report(samples.submission(samples.kim(), "<b>김민준</b>"))

VOID = {"meta", "br"}


class Structure(html.parser.HTMLParser):
    """Gathers the tags of a page, and fails on those that do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def structure(text: str) -> Structure:
    found = Structure()
    found.feed(text)
    found.close()
    assert found.open == []
    return found


def test_snapshots() -> None:
    snapshot.check("one.html", render(for_audience(ONE, "student"), "html"))
    snapshot.check("hostile.html", render(EVIL, "html"))


def test_a_page_is_well_formed_and_has_no_active_content() -> None:
    for report in (ONE, EVIL, samples.a_class(), samples.report()):
        found = structure(render(report, "html"))
        assert not found.tags & {"script", "img", "iframe", "link", "object", "form", "a", "b-"}
        assert not any(name.startswith("on") or name in ("src", "href", "style") for name in found.attributes)


def test_hostile_text_is_escaped_twice_over() -> None:
    text = render(EVIL, "html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;b&gt;김민준&lt;/b&gt;" in text
    assert r"\x1b[2J" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_what_differs_is_marked() -> None:
    text = render(ONE, "html")
    assert "tensor([<mark>6.</mark>, <mark>15.</mark>])" in text
    assert "tensor([<mark>5.</mark>, <mark>10.</mark>])" in text


def test_a_students_page_holds_nothing_hidden() -> None:
    assert "secret" not in render(for_audience(ONE, "student"), "html")
    assert "secret" in render(ONE, "html")
