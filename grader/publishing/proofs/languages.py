"""Is there every text in every language of the course: prose, hints, laws, mistakes?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.course.annotated import Cell, read_annotated
from grader.course.loading import load_exercises, load_mistakes
from grader.course.settings import Course
from grader.course.translations import read_table, texts_of
from grader.publishing.proofs.items import Item, Patient
from grader.records.text.language import speaking

MOST = 3
"""Missing texts of one file that are quoted."""


def prove(patient: Patient) -> Iterator[Item]:
    """Yield an item for each assignment and language."""
    for name in patient.assignments:
        yield from language_items(patient.course, name)


def language_items(course: Course, name: str) -> Iterator[Item]:
    """Yield an item on the prose of an assignment, and one for each further language on its other texts."""
    source = course.solution_folder(name) / f"{name}.py"
    lacking = list(unpaired(read_annotated(source).cells, course.languages))
    detail = "; ".join(lacking[:MOST]) or f"prose in {', '.join(course.languages)}"
    yield Item("languages", name, not lacking, detail, "Write that cell, beside the others." if lacking else "")
    with speaking(""):  # the texts as the author's files have them
        exercises = load_exercises(course.root, name, hidden=True)
        mistakes = [one.message for one in load_mistakes(course.root, name)]
    public, hidden = texts_of(exercises, hidden=False), texts_of(exercises, hidden=True)
    for code in course.languages[1:]:
        yield _table_item(course, course.assignment_folder(name), code, public)
        yield _table_item(course, course.solution_folder(name), code, [*dict.fromkeys(mistakes), *hidden])


def _table_item(course: Course, folder: Path, code: str, texts: Sequence[str]) -> Item:
    table = read_table(folder, code)
    file = (folder / f"{code}.toml").relative_to(course.root).as_posix()
    missing = [text for text in texts if text not in table]
    unused = [text for text in table if text not in texts]
    if missing:
        more = f" and {len(missing) - MOST} more" if len(missing) > MOST else ""
        detail = f"lacks {', '.join(repr(text) for text in missing[:MOST])}{more}"
        return Item("languages", file, False, detail, 'Add lines such as "the text" = "the same in that language".')
    if unused:
        detail = f"translates what nothing says: {unused[0]!r}"
        return Item("languages", file, False, detail, "Take the line out, or bring it up to date with the text.")
    return Item("languages", file, True, f"{len(texts)} texts")


def unpaired(cells: Sequence[Cell], languages: Sequence[str]) -> Iterator[str]:
    """Yield what is missing of the prose: cells in several languages that stand together must be in all of them.

    >>> list(unpaired([Cell("markdown", "# One", "en"), Cell("code", "x")], ["en", "ko"]))
    ["the prose that begins '# One' is not in ko"]
    """
    group: list[Cell] = []
    for cell in (*cells, Cell("code", "")):
        if cell.kind == "markdown" and cell.language and cell.language not in {one.language for one in group}:
            group.append(cell)
            continue
        if group:
            lacking = [code for code in languages if code not in {one.language for one in group}]
            begins = group[0].source.strip().partition("\n")[0]
            if lacking:
                yield f"the prose that begins {begins!r} is not in {', '.join(lacking)}"
        group = [cell] if cell.kind == "markdown" and cell.language else []
