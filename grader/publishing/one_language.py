"""A release in one of the course's languages: prose, settings and tables of texts in no other."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable

from grader.course.annotated import first_line
from grader.course.settings import FILENAME, Course
from grader.course.setup_cell import setup_comment
from grader.records.errors import AuthorError, UsageError
from grader.records.text.language import ENGLISH, speaking
from grader.records.text.nearest import did_you_mean

_LANGUAGES = re.compile(r"^languages\s*=\s*\[[^\]]*\][^\n]*$", re.MULTILINE)
_LANGUAGE = re.compile(r"^language\s*=[^\n]*\n", re.MULTILINE)


def check_language(course: Course, code: str) -> None:
    """Raise `UsageError` when the course is not in a language."""
    if code not in course.languages:
        raise UsageError(
            f"the course is not in {code!r}: course.toml lists {', '.join(course.languages)}",
            hint=did_you_mean(code, course.languages),
        )


def in_one_language(inside: str, content: bytes, code: str) -> bytes | None:
    """Return a file of a release with one language alone; None for a file that belongs to another.

    Raises `AuthorError` when the languages of course.toml cannot be found in its text.
    """
    name = inside.rpartition("/")[2]
    if name == FILENAME:
        return _settings(content.decode("utf-8"), code).encode()
    if re.fullmatch(r"[a-z]{2}\.toml", name):
        return content if name == f"{code}.toml" else None
    if name.endswith(".ipynb"):
        return _notebook(content, code)
    if name.endswith(".py"):
        return _stub(content, name.removesuffix(".py"), code)
    return content


def _settings(text: str, code: str) -> str:
    changed, count = _LANGUAGES.subn(f'languages = ["{code}"]', _LANGUAGE.sub("", text))
    if count != 1 or tomllib.loads(changed).get("languages") != [code]:
        raise AuthorError(
            f"{FILENAME} does not say languages = [...] in a line of its own.", hint="Write it so, above all tables."
        )
    return changed


def _notebook(content: bytes, code: str) -> bytes:
    notebook = json.loads(content)
    cells = [cell for cell in notebook["cells"] if _language(cell) in ("", code)]
    for cell in cells:
        if cell["metadata"].get("grader", {}).get("setup"):
            cell["source"] = [_said(setup_comment, line, code) for line in cell["source"]]
    return (json.dumps(notebook | {"cells": cells}, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _language(cell: dict[str, dict[str, dict[str, str]]]) -> str:
    return cell["metadata"].get("grader", {}).get("language", "")


def _stub(content: bytes, name: str, code: str) -> bytes:
    return _said(lambda: first_line(name), content.decode("utf-8"), code).encode()


def _said(sentence: Callable[[], str], text: str, code: str) -> str:
    """Return a text in which a sentence that the build wrote in English stands in a language."""
    with speaking(ENGLISH):  # as the build writes it, whatever the language of this machine
        english = sentence()
    with speaking(code):
        return text.replace(english, sentence(), 1)
