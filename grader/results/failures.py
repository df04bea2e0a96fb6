"""Which inputs an exercise failed on when it was last checked: kept between runs, so that they are tried first."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from grader.records.verdict import Outcome, Tried, Verdict
from grader.records.writing import replace_file
from grader.results.report import Earlier, Report

FILENAME = "failures.json"
FORMAT = 1
_RAN: frozenset[Outcome] = frozenset({"passed", "failed", "raised", "timeout", "memory", "crashed", "forbidden"})
"""Outcomes that tell of inputs: a stub, or a file that cannot be read, fails on all of them and says nothing."""
_ENDED_EARLY: frozenset[Outcome] = frozenset({"timeout", "memory", "crashed"})


class Failed(msgspec.Struct, frozen=True):
    """The inputs on which one file's answer was not right."""

    folder: str
    """Where the file lies: another folder's answer is another person's, or another attempt."""
    tried: Tried


class Failures(msgspec.Struct, frozen=True):
    """What failed when it was last checked, by exercise id; what passed is not in it."""

    format: int = FORMAT
    exercises: dict[str, Failed] = {}

    def first(self) -> frozenset[str]:
        """Return the digests of the inputs to try first."""
        return frozenset(digest for failed in self.exercises.values() for digest in failed.tried.not_right)


def read_failures(folder: Path) -> Failures:
    """Return what lies in a folder; nothing where there is none, or what cannot be read: it is only a memory."""
    try:
        found = msgspec.json.decode((folder / FILENAME).read_bytes(), type=Failures)
    except (OSError, msgspec.DecodeError):
        return Failures()
    return found if found.format == FORMAT else Failures()


def write_failures(folder: Path, failures: Failures) -> None:
    """Write what failed into a folder. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / FILENAME, msgspec.json.format(msgspec.json.encode(failures), indent=1) + b"\n")


def with_verdicts(failures: Failures, folder: Path | None, verdicts: Iterable[Verdict]) -> Failures:
    """Return the failures with what the check of a file in a folder found; what it could not try stays."""
    exercises = dict(failures.exercises)
    for verdict in verdicts:
        tried = _tried(verdict)
        if folder is None or tried is None:
            continue
        exercises.pop(verdict.exercise, None)
        if tried.not_right:
            exercises[verdict.exercise] = Failed(folder.resolve().as_posix(), tried)
    return msgspec.structs.replace(failures, exercises=exercises)


def compared(failures: Failures, folder: Path | None, verdict: Verdict) -> Earlier | None:
    """Return how the inputs fare that failed before.

    None where none did, in that folder and among the same examples, or where nothing was tried.

    >>> from grader.records.verdict import decide
    >>> before = Failures(exercises={"a.b": Failed(Path("/tmp").resolve().as_posix(), Tried("all", ("1", "2")))})
    >>> now = msgspec.structs.replace(decide("a.b", "failed", 1, examples=9), tried=Tried("all", ("2", "3")))
    >>> compared(before, Path("/tmp"), now)
    Earlier(failed=2, fixed=1, broken=1)
    """
    before, tried = failures.exercises.get(verdict.exercise), _tried(verdict)
    if before is None or tried is None or folder is None or before.folder != folder.resolve().as_posix():
        return None
    if before.tried.examples != tried.examples:
        return None
    then, now = set(before.tried.not_right), set(tried.not_right)
    broken = 0 if verdict.outcome in _ENDED_EARLY else len(now - then)
    return Earlier(len(then), len(then - now), broken)


def keep_and_compare(
    state: Path, before: Failures, checked: Iterable[tuple[Path | None, Sequence[Verdict]]]
) -> list[dict[str, Earlier]]:
    """Keep in the folder `state` which inputs fail now, and return how those fare that failed before.

    `checked` are files with the verdicts on their exercises; for each there is an entry, by exercise id.
    """
    found: list[dict[str, Earlier]] = []
    now = before
    for path, verdicts in checked:
        folder = None if path is None else path.parent
        each = {verdict.exercise: compared(before, folder, verdict) for verdict in verdicts}
        found.append({name: earlier for name, earlier in each.items() if earlier is not None})
        now = with_verdicts(now, folder, verdicts)
    if now != before:
        with contextlib.suppress(OSError):  # where nothing can be written, whoever keeps the progress says so
            write_failures(state, now)
    return found


def with_earlier(report: Report, found: Mapping[tuple[int, str], Earlier]) -> Report:
    """Return a report that tells of exercises, by place of the submission and id, how earlier failures fare."""
    submissions = tuple(
        msgspec.structs.replace(
            submission,
            exercises=tuple(
                msgspec.structs.replace(one, earlier=found.get((place, one.id), msgspec.UNSET))
                for one in submission.exercises
            ),
        )
        for place, submission in enumerate(report.submissions)
    )
    return msgspec.structs.replace(report, submissions=submissions)


def _tried(verdict: Verdict) -> Tried | None:
    return verdict.tried if verdict.outcome in _RAN else None
