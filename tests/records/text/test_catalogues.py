"""Every message that the sources say is in every catalogue, with the same values."""

from __future__ import annotations

import ast
import contextvars
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from grader.records.text.language import choose, language, of_locale, settle, speaking
from grader.records.text.saying import available_languages, say, say_count
from tests import messages

SAID = """
say("got {n} of {m}", n=1, m=2)
say_count("{n} day", "{n} days", 3)
later("ok")
"""


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_missing_and_every_value_is_put_in(language: str) -> None:
    template, catalogue = messages.extracted(), messages.read(language)
    assert len(template) > 100
    assert list(messages.problems(template, catalogue)) == []


def test_catalogues_are_compiled_from_what_translators_wrote() -> None:
    assert available_languages() == messages.LANGUAGES
    for name in messages.LANGUAGES:
        assert messages.compiled(messages.read(name)) == (messages.CATALOGUES / f"{name}.mo").read_bytes(), (
            "make messages"
        )


def unfound(sources: Iterable[str], template: Catalog) -> list[str]:
    """Return each message that is said in a way that extraction does not see: in an f-string, or out of a variable."""
    found = []
    for call in (node for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name) and call.func.id in messages.KEYWORDS and call.args:
            first = call.args[0]
            told = first.value if isinstance(first, ast.Constant) else None
            variable = isinstance(first, ast.Name | ast.JoinedStr | ast.BinOp)
            if variable or (isinstance(told, str) and template.get(told) is None):
                found.append(ast.unparse(call))
    return found


def test_extraction_sees_every_message() -> None:
    sources = [path.read_text(encoding="utf-8") for path in messages.PACKAGE.rglob("*.py")]
    assert unfound(sources, messages.extracted()) == []


@pytest.mark.parametrize("said", ["say(told, n=1)", "say(f'{n} days')", "f'! {say(\"hidden\")}'", "say('a' + b)"])
def test_a_message_that_extraction_cannot_see_is_found(said: str) -> None:
    assert len(unfound([said, "say(table[key])"], Catalog())) == 1


def planted(folder: Path, **strings: str) -> list[str]:
    """Return what is wrong when a catalogue has other texts than those that a source says."""
    (folder / "said.py").write_text(SAID)
    catalogue = messages.read("none")
    given = {"got": "got {n} of {m}", "ok": "ok"} | strings
    catalogue.add("got {n} of {m}", given["got"])
    catalogue.add(("{n} day", "{n} days"), ("{n} d", "{n} d"))
    if given["ok"]:
        catalogue.add("ok", given["ok"])
    if "more" in given:
        catalogue.add("more", given["more"])
    return list(messages.problems(messages.extracted(folder), catalogue))


@pytest.mark.parametrize(
    ("strings", "problem"),
    [
        ({}, None),
        ({"got": "{m} 가운데 {n}"}, None),
        ({"ok": ""}, "lacks 'ok'"),
        ({"got": "got {n}"}, "other values in 'got {n}' than in 'got {n} of {m}'"),
        ({"got": "got {n} of {k}"}, "other values in 'got {n} of {k}' than in 'got {n} of {m}'"),
        ({"more": "x"}, "nothing says 'more': run make messages"),
    ],
)
def test_a_planted_fault_of_a_catalogue_is_found(tmp_path: Path, strings: dict[str, str], problem: str | None) -> None:
    assert planted(tmp_path, **strings) == ([] if problem is None else [problem])


def test_what_is_said_follows_the_language_in_force() -> None:
    shapes = {"expected": "(1,)", "actual": "(3,)"}
    with speaking("ko"):
        assert say("expected shape {expected}, got {actual}", **shapes) == "모양이 (1,)이어야 하는데 (3,)이 나왔어요"
    assert say("expected shape {expected}, got {actual}", **shapes) == "expected shape (1,), got (3,)"
    with speaking("xx"):
        assert say_count("{n} hint", "{n} hints", 2) == "2 hints"


def test_what_is_put_in_is_never_read_as_a_template() -> None:
    with speaking("ko"):
        assert say("the file was {what}", what="{n} 을(를)") == "the file was {n} 을(를)"


@pytest.mark.parametrize(
    ("asked", "default", "offered", "variables", "chosen"),
    [
        ("ko", "en", ["en"], {"LANG": "en_US.UTF-8"}, "ko"),
        (None, "ko", ["en", "ko"], {"LANG": "en_US.UTF-8"}, "ko"),
        (None, "ko", ["en", "ko"], {"GRADER_LANG": "en"}, "en"),
        (None, None, ["en", "ko"], {"LANG": "ko_KR.UTF-8"}, "ko"),
        (None, None, ["en", "ko"], {"LC_ALL": "C.UTF-8", "LANG": "ko_KR.UTF-8"}, "en"),
        (None, None, ["ko"], {"LANG": "en_US.UTF-8"}, "ko"),
        (None, None, [], {"LANGUAGE": "ko:en", "LANG": "en_US.UTF-8"}, "ko"),
        (None, None, [], {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_then_the_courses_then_the_machines(
    monkeypatch: pytest.MonkeyPatch,
    asked: str | None,
    default: str | None,
    offered: list[str],
    variables: dict[str, str],
    chosen: str,
) -> None:
    for name in ("GRADER_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert choose(asked, default, offered) == chosen


def test_a_locale_that_says_nothing_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert of_locale() == "en"


def test_a_course_settles_the_language_of_this_context_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADER_LANG")

    def spoken() -> str:
        settle("ko", ["en", "ko"])
        return language()

    assert contextvars.copy_context().run(spoken) == "ko"
    assert language() == "en"
