"""An assignment's texts in further languages: a table from each text, as the author's file has it, to the other.

Hints and laws of `checks.py` have theirs in `assignments/<a>/<language>.toml`, the mistakes (and the laws of hidden
probes) in `solutions/<a>/<language>.toml`. A text that was changed has no translation until somebody writes it anew.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.authoring.exercises import Exercise, Law, Mistake, Probe
from grader.records.errors import AuthorError
from grader.records.text.language import language
from grader.records.text.places import short_path


def read_table(folder: Path, code: str) -> dict[str, str]:
    """Return an assignment's translations that lie in a folder; none where there is no such file.

    Raises `AuthorError` when the file is no TOML, or holds anything but texts.
    """
    path = folder / f"{code}.toml"
    place = short_path(path)
    if not code.isalpha() or not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthorError(f"{place} is not TOML: {error}.", hint=_FORM) from error
    for text, other in found.items():
        if not isinstance(other, str) or not other.strip():
            raise AuthorError(f"{place}: {text!r} has no text, but {other!r}.", hint=_FORM)
    return found


_FORM = 'Write lines such as "Which letter is summed?" = "어떤 글자가 사라지나요?"'


def in_language(exercises: Iterable[Exercise], folders: Iterable[Path]) -> list[Exercise]:
    """Return exercises with their hints and laws in the language in force, where these folders have them so."""
    table = _table(folders)
    return [_exercise(one, table) for one in exercises] if table else list(exercises)


def mistakes_in_language(mistakes: Iterable[Mistake], folder: Path) -> list[Mistake]:
    """Return mistakes with what they say in the language in force, where the folder has it so."""
    table = _table([folder])
    return [dataclasses.replace(one, message=table.get(one.message, one.message)) for one in mistakes]


def texts_of(exercises: Iterable[Exercise], *, hidden: bool) -> list[str]:
    """Return the texts of exercises in further need of a language: hints and laws, or the hidden probes' laws."""
    found: dict[str, None] = {}
    for exercise in exercises:
        found |= dict.fromkeys(() if hidden else exercise.hints)
        for probe in exercise.probes:
            found |= dict.fromkeys(law.title for law in probe.laws if probe.hidden == hidden)
    return list(found)


def _table(folders: Iterable[Path]) -> Mapping[str, str]:
    table: dict[str, str] = {}
    for folder in folders:
        table |= read_table(folder, language())
    return table


def _exercise(exercise: Exercise, table: Mapping[str, str]) -> Exercise:
    hints = tuple(table.get(hint, hint) for hint in exercise.hints)
    return dataclasses.replace(exercise, hints=hints, probes=[_probe(probe, table) for probe in exercise.probes])


def _probe(probe: Probe, table: Mapping[str, str]) -> Probe:
    laws = [Law(table.get(law.title, law.title), law.check, law.must) for law in probe.laws]
    return dataclasses.replace(probe, laws=laws) if laws else probe
