"""The catalogues of messages: what the sources say, what each language has for it. `make messages` runs this."""

from __future__ import annotations

import datetime
import io
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from grader.commands.cli import help_texts
from grader.commands.verbs import STUDENTS, VERBS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "grader"
CATALOGUES = PACKAGE / "records" / "text" / "catalogues"
LANGUAGES = ("ko",)
KEYWORDS = {"say": None, "later": None, "say_count": (1, 2), "later_count": (1, 2)}
METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
_DATE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""The same sources give the same bytes."""


def extracted(folder: Path = PACKAGE) -> Catalog:
    """Return every message that the sources below a folder say."""
    catalogue = Catalog(charset="utf-8")
    found = extract_from_dir(folder, METHODS, keywords=KEYWORDS, comment_tags=())
    for _, _, message, _, _ in found:
        catalogue.add(message)
    if folder == PACKAGE:
        for text in helps():
            catalogue.add(text)
    return catalogue


def helps() -> Iterator[str]:
    """Yield the texts of the help that students read, and of the list of verbs."""
    for verb, (panel, summary) in VERBS.items():
        yield from (panel, summary)
        if panel == STUDENTS:
            yield from help_texts(verb)


def read(language: str) -> Catalog:
    """Return a language's catalogue, empty when there is none yet."""
    path = CATALOGUES / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """Return what the grader reads of a catalogue."""
    _dated(catalogue)
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as translators edit it."""
    _dated(catalogue)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    return b"\n".join(line.rstrip() for line in buffer.getvalue().split(b"\n"))


def _dated(catalogue: Catalog) -> None:
    catalogue.project, catalogue.version, catalogue.fuzzy = "grader", "1", False
    catalogue.header_comment = "# What people are told, by how the sources say it; `make messages` updates this file."
    catalogue.creation_date = catalogue.revision_date = _DATE
    catalogue.last_translator = catalogue.language_team = "the grader authors"


def problems(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue: a message that it lacks, or another set of values in one."""
    wanted = {message.id for message in template if message.id}
    for message in template:
        own = catalogue.get(message.id) if message.id else None
        if message.id and (own is None or not all(_strings(own))):
            yield f"lacks {message.id!r}"
        elif own is not None:
            yield from _differences(message, own)
    for message in catalogue:
        if message.id and message.id not in wanted:
            yield f"nothing says {message.id!r}: run make messages"


def _differences(message: Message, own: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    for text in _strings(own):
        if not any(_values(text) == _values(one) for one in ids):
            yield f"other values in {text!r} than in {ids[0]!r}"


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string,)


def _values(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def main() -> int:
    """Bring every catalogue up to date with the sources and compile it; say what is still missing."""
    template = extracted()
    missing = 0
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        (CATALOGUES / f"{language}.po").write_bytes(written(catalogue))
        (CATALOGUES / f"{language}.mo").write_bytes(compiled(catalogue))
        for problem in problems(template, catalogue):
            missing += 1
            print(f"{language}: {problem}")
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main())
