"""The corpus: answers labelled right or wrong, one file an exercise, in sections that a person can read and append.

`tests/corpus/<assignment>.<exercise>.txt` holds sections that begin with

    # === right <name>: <why>
    # === wrong <name>: <why>
    # === wrong <name> (<outcome>): <why>

and go on with the submission, as a student would hand it in. What is right passes; what is wrong does not pass, or has
the outcome in brackets where the task settles which. Blank lines at a section's ends do not count.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "corpus"
NOT_PASSED = "not passed"
_HEAD = re.compile(r"^# ===(.*)\n", re.MULTILINE)
_LABEL = re.compile(r" (?P<kind>right|wrong) (?P<name>\w+)(?: \((?P<outcome>[a-z_]+)\))?: (?P<why>\S.*)")


@dataclasses.dataclass(frozen=True)
class Situation:
    """One labelled submission."""

    exercise: str
    kind: str
    """What it is: "right" or "wrong"."""
    name: str
    outcome: str
    """An outcome of the grader, or "not passed" where the contract settles only that."""
    why: str
    source: str
    place: str
    """The file and the line of its heading."""

    @property
    def assignment(self) -> str:
        return self.exercise.partition(".")[0]

    @property
    def id(self) -> str:
        return f"{self.exercise}/{self.kind}_{self.name}"


def situations(corpus: Path = CORPUS) -> Iterator[Situation]:
    """Yield all labelled submissions, exercise by exercise."""
    for path in sorted(corpus.glob("*.*.txt")):
        with path.open(encoding="utf-8", newline="") as file:  # newline="": line ends belong to what is handed in
            yield from sections(path.stem, file.read(), path.name)


def sections(exercise: str, text: str, file: str) -> Iterator[Situation]:
    """Yield the submissions of one file. Raises `ValueError` where a heading is none, or none is there."""
    heads = list(_HEAD.finditer(text))
    if not heads:
        raise ValueError(f'{file}: no section begins here; "# === right name: Why." is expected')
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        place = f"{file}:{text.count(chr(10), 0, head.start()) + 1}"
        label = _LABEL.fullmatch(head[1])
        if label is None:
            raise ValueError(
                f'{place}: "# ==={head[1]}" heads no section: "# === right name: Why." or '
                f'"# === wrong name: Why." or "# === wrong name (outcome): Why." is expected'
            )
        outcome = label["outcome"] or ("passed" if label["kind"] == "right" else NOT_PASSED)
        source = text[head.end() : end].strip("\n") + "\n"
        yield Situation(exercise, label["kind"], label["name"], outcome, label["why"], source, place)
