"""From a source to `submitted/<student>/<assignment>/`: the newest of each student, a row for everything."""

from __future__ import annotations

import dataclasses
import datetime
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

from grader.records.errors import UsageError
from grader.submissions.attempts import folder_of, set_aside
from grader.submissions.choosing import Wanted
from grader.submissions.collect.archive import Names, Shelf
from grader.submissions.collect.exchange import from_exchange, inbound_folder
from grader.submissions.collect.groups import Groups
from grader.submissions.collect.layouts import Reading
from grader.submissions.collect.names import safe_student
from grader.submissions.collect.place import Chosen, answer_names, choose, existing_time, write
from grader.submissions.collect.records import Caps, Handed, Refusal, Row, Status
from grader.submissions.collect.repositories import from_list, from_repositories, is_repository
from grader.submissions.collect.taking import Take, in_order
from grader.submissions.collect.times import write_timestamp
from grader.submissions.collect.zips import from_zips
from grader.submissions.naming import is_copy

Kind = Literal["exchange", "zips", "git"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def no_wishes(assignment: str) -> Wanted | None:
    """Stand for an assignment of which nobody knows what it asks for."""
    return None


@dataclasses.dataclass(frozen=True)
class Plan:
    """What to collect, and where to."""

    source: Path
    submitted: Path
    assignments: tuple[str, ...]
    """Those that are wanted; others are refused."""
    kind: Kind | None = None
    zone: datetime.tzinfo = datetime.UTC
    """Of times that carry none, as those in a zip."""
    roster: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Other identities of a student to the folder's name."""
    caps: Caps = dataclasses.field(default_factory=Caps)
    layout: re.Pattern[str] | None = None
    """How names tell the students, where they follow no known platform."""
    encoding: str | None = None
    """Of names in zips that do not tell theirs; guessed unless given."""
    groups: Groups = dataclasses.field(default_factory=Groups)
    """Who handed in together."""
    take: Take = "last"
    due: Mapping[str, datetime.datetime] = dataclasses.field(default_factory=dict)
    """When each assignment was due, in time and with the time of grace."""
    wanted: Callable[[str], Wanted | None] = no_wishes
    """What an assignment's exercises must define, None when nobody knows: the answer among files is chosen by it."""
    force: bool = False
    """Replace what lies there even when it is as new."""
    dry_run: bool = False
    keep_attempts: bool = False
    """Keep what is not the last one, too: the best counts."""


def gather(plan: Plan) -> list[Row]:
    """Collect, and return what became of each submission, by student and assignment.

    One submission never stops another. Raises `UsageError` when the source is nothing that can be collected from.
    """
    with Shelf() as shelf, tempfile.TemporaryDirectory(prefix="grader-collect-") as scratch:
        rows: list[Row] = []
        everybody: dict[tuple[str, str], list[Handed]] = {}
        folded: dict[tuple[str, str], str] = {}
        for handed in _source(plan, shelf, Path(scratch)):
            try:
                students, assignment = _students(handed, plan), _assignment(handed, plan)
            except Refusal as refusal:
                rows.append(_refused(handed, handed.student, handed.assignment or "", str(refusal)))
                continue
            for student in students:
                spelled = folded.setdefault((student.casefold(), assignment), student)
                if spelled != student:
                    rows.append(_refused(handed, student, assignment, f"its folder would be that of {spelled}"))
                    continue
                everybody.setdefault((student, assignment), []).append(handed)
        for (student, assignment), several in everybody.items():
            rows += _taken(student, assignment, several, plan)
    return sorted(
        rows, key=lambda row: (row.student, row.assignment, row.status in ("superseded", "earlier"), row.time)
    )


def detect(source: Path) -> Kind:
    """Return what kind of source this is; raises `UsageError` when it is none."""
    if not source.exists():
        raise UsageError(f"There is no {source}.")
    if source.is_file():
        if source.suffix.lower() == ".zip":
            return "zips"
        if source.suffix.lower() == ".csv":
            return "git"
        raise UsageError(f"{source} is no zip file and no CSV list of repositories.")
    if inbound_folder(source) is not None:
        return "exchange"
    if is_repository(source) or any(is_repository(path) for path in source.iterdir() if path.is_dir()):
        return "git"
    if any(source.iterdir()):
        return "zips"
    raise UsageError(f"{source} is empty.", hint="Name an exchange, a folder of zip files, or one of repositories.")


def _source(plan: Plan, shelf: Shelf, scratch: Path) -> Iterator[Handed]:
    kind = plan.kind or detect(plan.source)
    if kind == "exchange":
        inbound = inbound_folder(plan.source)
        if inbound is None:
            raise UsageError(f"{plan.source} holds no inbound folder.", hint="Name <exchange>/<course>.")
        return from_exchange(inbound)
    if kind == "git":
        if plan.source.is_file():
            return from_list(plan.source, plan.assignments, plan.caps, scratch)
        return from_repositories(plan.source, plan.assignments, plan.caps)
    known = frozenset(plan.roster) | frozenset(plan.roster.values()) | plan.groups.names
    reading = Reading(plan.assignments, plan.zone, known, plan.layout)
    return from_zips(plan.source, reading, plan.caps, shelf, Names(known, plan.encoding))


def _students(handed: Handed, plan: Plan) -> list[str]:
    """Return the folders of all whose work this is: one student, or a group."""
    if handed.together:
        return sorted({_folder(raw, (), plan) for raw in handed.together})
    identities = (handed.student, *handed.aliases)
    own = _folder(handed.student, handed.aliases, plan)
    members = plan.groups.members_of((*identities, own))
    return [_folder(member, (), plan) for member in members] if members else [own]


def _folder(raw: str, aliases: tuple[str, ...], plan: Plan) -> str:
    for identity in (raw, *aliases):
        if identity in plan.roster:
            return safe_student(plan.roster[identity])
    return safe_student(raw)


def _assignment(handed: Handed, plan: Plan) -> str:
    """Return which assignment this is: told by the source, the only one wanted, or told by the names of the files."""
    if handed.assignment is not None:
        if handed.assignment not in plan.assignments:
            raise Refusal(f"the assignment {handed.assignment!r} was not asked for")
        return handed.assignment
    if handed.problem:
        raise Refusal(handed.problem)
    if len(plan.assignments) == 1:
        return plan.assignments[0]
    paths = [member.path.replace("\\", "/").split("/") for member in handed.members]
    named = [one for one in plan.assignments if any(is_copy(parts[-1], one) or one in parts[:-1] for parts in paths)]
    if len(named) != 1:
        raise Refusal("its files do not tell which assignment it is; name the assignment")
    return named[0]


def _taken(student: str, assignment: str, several: Sequence[Handed], plan: Plan) -> list[Row]:
    """Collect the one of a student's submissions that is to count, and tell what became of the others."""
    ordered, note = in_order(several, assignment, plan.take, plan.due.get(assignment), plan.caps, plan.wanted)
    rows: list[Row] = []
    for number, handed in enumerate(ordered):
        noted = dataclasses.replace(handed, notes=(*handed.notes, note)) if note and not number else handed
        rows.insert(0, _collect(student, assignment, noted, plan))
        if rows[0].status != "refused":
            return rows + [_earlier(student, assignment, one, plan) for one in ordered[number + 1 :]]
        # One that cannot be taken must not cost the student the one before it.
    return rows


def _collect(student: str, assignment: str, handed: Handed, plan: Plan) -> Row:
    folder = plan.submitted / student / assignment
    try:
        chosen = choose(handed, assignment, plan.caps, plan.wanted(assignment))
        if folder.is_symlink() or folder.parent.is_symlink():
            raise Refusal(f"{folder} is a symbolic link")
        status = _status(folder, handed, plan)
        if status == "kept" and plan.keep_attempts and _is_older(handed, folder):
            return _earlier(student, assignment, handed, plan, "kept")
        if status != "kept" and not plan.dry_run:
            if plan.keep_attempts and folder.is_dir():
                set_aside(folder)
            write(folder, chosen, handed.time, plan.caps)
    except Refusal as refusal:
        return _refused(handed, student, assignment, str(refusal))
    return _row(student, assignment, status, handed, chosen)


def _earlier(student: str, assignment: str, handed: Handed, plan: Plan, status: Status = "superseded") -> Row:
    """Keep an earlier attempt where the best of all counts; without a time it cannot be told from others."""
    if not plan.keep_attempts or handed.time is None:
        return _row(student, assignment, status, handed)
    folder = folder_of(plan.submitted / student, assignment, handed.time)
    try:
        chosen = choose(handed, assignment, plan.caps, plan.wanted(assignment))
        linked = [parent for parent in list(folder.parents)[:3] if parent.is_symlink()]
        if linked:
            raise Refusal(f"{linked[0]} is a symbolic link")
        if not folder.exists() and not plan.dry_run:
            write(folder, chosen, handed.time, plan.caps)
    except Refusal as refusal:
        return _refused(handed, student, assignment, str(refusal))
    return _row(student, assignment, "earlier", handed, chosen)


def _is_older(handed: Handed, folder: Path) -> bool:
    there = existing_time(folder)
    return there is not None and handed.time is not None and handed.time < there


def _status(folder: Path, handed: Handed, plan: Plan) -> Status:
    if not folder.exists():
        return "collected"
    there = existing_time(folder)
    newer = handed.time is not None and (there is None or handed.time > there)
    return "updated" if newer or plan.force else "kept"


def _row(student: str, assignment: str, status: Status, handed: Handed, chosen: Chosen | None = None) -> Row:
    notes = list(handed.notes)
    if chosen is not None:
        notes += chosen.notes
        if not answer_names(chosen, assignment):
            notes.append(f"there is neither {assignment}.ipynb nor {assignment}.py: nothing of it can be graded")
    return Row(
        student=student,
        assignment=assignment,
        status=status,
        origin=handed.origin,
        time=write_timestamp(handed.time) if handed.time else "",
        files=tuple(path.as_posix() for path in chosen.files) if chosen else (),
        refused=tuple(chosen.refused) if chosen else (),
        notes=tuple(notes),
    )


def _refused(handed: Handed, student: str, assignment: str, reason: str) -> Row:
    time = write_timestamp(handed.time) if handed.time else ""
    return Row(
        student=student,
        assignment=assignment,
        status="refused",
        origin=handed.origin,
        time=time,
        refused=(reason,),
        notes=handed.notes,
    )
