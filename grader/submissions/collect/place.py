"""Which files of a submission are kept, under which names, and how they get into their folder: whole or not at all."""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from grader.submissions.choosing import Candidate, Wanted
from grader.submissions.choosing import choose as rule
from grader.submissions.collect.folders import read_regular
from grader.submissions.collect.names import is_noise, safe_path
from grader.submissions.collect.records import Caps, Handed, Member, Refusal
from grader.submissions.collect.times import parse_timestamp, write_timestamp
from grader.submissions.collect.unpack import check_ratio
from grader.submissions.naming import is_answer_file, is_named_like
from grader.submissions.reading import Unreadable, module_cells, notebook_cells

TIMESTAMP = "timestamp.txt"
_ANSWERS = (".ipynb", ".py")
_MAX_READ = 20 << 20
_SAME_NAME = "another file has the same name"
_MOST_READ = 40
"""Files of one submission that are read to choose among them."""


class Chosen:
    """The files to keep, by path, and what is said about the others."""

    def __init__(self) -> None:
        self.files: dict[PurePosixPath, Member] = {}
        self.shadowed: dict[PurePosixPath, Member] = {}
        """Answers whose name differs from a kept file's in the case of its letters alone."""
        self.refused: list[str] = []
        self.notes: list[str] = []


def choose(handed: Handed, assignment: str, caps: Caps, wanted: Wanted | None = None) -> Chosen:
    """Decide what is kept of a submission, from names and declared sizes; answers are read only to choose among them.

    The folder of the answer is the submission's own, and the answer gets the assignment's name. Raises `Refusal`
    when all of it is refused: too many files, too many bytes, nothing left.
    """
    if handed.problem:
        raise Refusal(handed.problem)
    count = sum(not is_noise(member.path) for member in handed.members)
    if count > 10 * caps.files:
        raise Refusal(f"{count} files; at most {caps.files} are taken")
    chosen = Chosen()
    # Of two spellings that are one name on some systems, the assignment's own is met first.
    _take(chosen, sorted(handed.members, key=lambda member: not _is_exact(member, assignment)), caps)
    if not chosen.files:
        raise Refusal("no file that can be taken" if chosen.refused else "empty")
    if len(chosen.files) > caps.files:
        raise Refusal(f"{len(chosen.files)} files; at most {caps.files} are taken")
    total = sum(member.size for member in chosen.files.values())
    if total > caps.total_bytes:
        raise Refusal(f"{total} bytes in all; at most {caps.total_bytes} are taken")
    _settle(chosen, assignment, wanted)
    return chosen


def answers_of(handed: Handed, assignment: str, caps: Caps, wanted: Wanted | None) -> int:
    """Return how many exercises a submission answers; raises `Refusal` when it cannot be taken."""
    chosen = choose(handed, assignment, caps, wanted)
    paths = [PurePosixPath(name) for name in answer_names(chosen, assignment)]
    if not paths:
        return 0
    return max(rule([_candidate(path, chosen.files[path]) for path in paths], assignment, wanted).answers)


def _is_exact(member: Member, assignment: str) -> bool:
    return member.path.replace("\\", "/").rpartition("/")[2] in (f"{assignment}.ipynb", f"{assignment}.py")


def _take(chosen: Chosen, members: Sequence[Member], caps: Caps) -> None:
    """Keep what may be kept, and of names that are one on some systems the first."""
    taken: dict[str, str] = {}
    folders: set[str] = set()
    for member in members:
        try:
            path = _acceptable(member, caps)
            if path is None:
                continue
            folded = path.as_posix().casefold()
            above = [parent.as_posix().casefold() for parent in path.parents][:-1]
            if folded in taken or folded in folders or any(parent in taken for parent in above):
                if is_answer_file(path.name) and path not in chosen.files:
                    chosen.shadowed[path] = member
                raise Refusal(_SAME_NAME)
        except Refusal as refusal:
            chosen.refused.append(f"{member.path}: {refusal}")
            continue
        taken[folded] = member.path
        folders.update(above)
        chosen.files[path] = member


def _acceptable(member: Member, caps: Caps) -> PurePosixPath | None:
    """Return the path under which a member may be kept, None for what nobody hands in; raises `Refusal`."""
    path = safe_path(member.path)
    if path is None:
        return None
    if member.problem:
        raise Refusal(member.problem)
    if path.name == TIMESTAMP and len(path.parts) == 1:
        raise Refusal("the name of the time of hand-in")
    if member.size > caps.file_bytes:
        raise Refusal(f"{member.size} bytes; at most {caps.file_bytes} are taken")
    check_ratio(member, caps)
    return path


def _settle(chosen: Chosen, assignment: str, wanted: Wanted | None) -> None:
    """Find the answer among the files, make its folder the submission's own, and give it the assignment's name."""
    _prefer_answered(chosen, assignment, wanted)
    answers = [path for path in chosen.files if is_answer_file(path.name)]
    named = [path for path in answers if is_named_like(path.name, assignment)]
    contested = (named or answers)[:_MOST_READ]
    best = contested[0] if contested else None
    if len(contested) > 1:
        choice = rule([_candidate(path, chosen.files[path]) for path in contested], assignment, wanted)
        best = contested[choice.place]
        if not named and (wanted is None or choice.answers[choice.place] <= 0):
            names = ", ".join(map(str, contested[:5]))
            chosen.notes.append(f"which of {names} is {assignment}{best.suffix.lower()}? None was renamed")
            return
        chosen.notes.append(choice.note)
    if best is not None:
        _rename(chosen, _lifted(chosen, best), assignment)


def _prefer_answered(chosen: Chosen, assignment: str, wanted: Wanted | None) -> None:
    """Put a file of the same name in other letters in the place of a kept one, where only it answers anything."""
    named = [path for path in chosen.files if is_named_like(path.name, assignment)][:_MOST_READ]
    if not chosen.shadowed or not named:
        return
    if max(rule([_candidate(path, chosen.files[path]) for path in named], assignment, wanted).answers) > 0:
        return
    for path, member in list(chosen.shadowed.items())[:_MOST_READ]:
        kept = next((one for one in chosen.files if one.as_posix().casefold() == path.as_posix().casefold()), None)
        if kept is None or not is_named_like(path.name, assignment):
            continue
        candidates = [_candidate(kept, chosen.files[kept]), _candidate(path, member)]
        before, after = rule(candidates, assignment, wanted).answers
        if before <= 0 and after > before:
            chosen.refused.remove(f"{member.path}: {_SAME_NAME}")
            chosen.refused.append(f"{chosen.files.pop(kept).path}: {_SAME_NAME}")
            chosen.files[path] = member


def _candidate(path: PurePosixPath, member: Member) -> Candidate:
    moment = member.time.timestamp() if member.time else 0.0
    try:
        cells = (notebook_cells if path.suffix.lower() == ".ipynb" else module_cells)(member.read(_MAX_READ), path.name)
    except (Refusal, Unreadable) as problem:
        problem_text = str(problem) if isinstance(problem, Unreadable) else f"{path.name} {problem}"
        return Candidate(path.as_posix(), (), problem_text, moment, member.upload)
    return Candidate(path.as_posix(), cells.cells, None, moment, member.upload)


def _lifted(chosen: Chosen, best: PurePosixPath) -> PurePosixPath:
    """Make the folder that holds the answer the submission's own, and return the answer's path in it."""
    folder = best.parent
    if folder == PurePosixPath():
        return best
    inside = {path: member for path, member in chosen.files.items() if path.is_relative_to(folder)}
    outside = [path for path in chosen.files if path not in inside]
    chosen.notes.append(f"taken from the folder {folder}")
    chosen.refused += [f"{path}: outside of the folder that holds the answer" for path in outside]
    chosen.files = {path.relative_to(folder): member for path, member in inside.items()}
    return best.relative_to(folder)


def _rename(chosen: Chosen, best: PurePosixPath, assignment: str) -> None:
    """Give the answer the name under which it is graded; what had it is kept under another."""
    target = PurePosixPath(f"{assignment}{best.suffix.lower()}")
    if best == target:
        return
    member = chosen.files.pop(best)
    if target in chosen.files:
        number = next(n for n in range(2, 1000) if f"{assignment}-{n}{target.suffix}" not in map(str, chosen.files))
        kept = PurePosixPath(f"{assignment}-{number}{target.suffix}")
        chosen.files[kept] = chosen.files.pop(target)
        chosen.notes.append(f"{target} kept as {kept}")
    chosen.notes.append(f"{best} renamed to {target}")
    chosen.files[target] = member


def existing_time(folder: Path) -> datetime.datetime | None:
    """Return the time in a submission's timestamp.txt, None when there is none that can be read."""
    try:
        return parse_timestamp(read_regular(folder / TIMESTAMP, 200).decode("utf-8", "replace"))
    except Refusal:
        return None


def write(folder: Path, chosen: Chosen, moment: datetime.datetime | None, caps: Caps) -> None:
    """Read the files, counting every byte, and put them in place of what lies there; a crash leaves the old or the new.

    Raises `Refusal` when a file turns out larger than declared or cannot be read.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".collect-", dir=folder.parent))
    try:
        left = caps.total_bytes
        for path, member in chosen.files.items():
            data = _read(path, member, min(left, caps.file_bytes))
            left -= len(data)
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            if member.time is not None:
                with contextlib.suppress(OSError, OverflowError, ValueError):  # a file's time is of use, but no more
                    os.utime(target, (member.time.timestamp(),) * 2)
        if moment is not None:
            (fresh / TIMESTAMP).write_text(write_timestamp(moment), encoding="utf-8")
        fresh.chmod(0o755)
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _read(path: PurePosixPath, member: Member, limit: int) -> bytes:
    try:
        return member.read(limit)
    except Refusal as refusal:
        raise Refusal(f"{path}: {refusal}") from refusal


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=".replaced-", dir=folder.parent))
    folder.rename(old / "old")
    try:
        fresh.rename(folder)
    except BaseException:
        with contextlib.suppress(FileExistsError):
            (old / "old").rename(folder)
        raise
    shutil.rmtree(old)


def answer_names(chosen: Chosen, assignment: str) -> Sequence[str]:
    """Return which of the files are graded."""
    return [f"{assignment}{suffix}" for suffix in _ANSWERS if PurePosixPath(f"{assignment}{suffix}") in chosen.files]
