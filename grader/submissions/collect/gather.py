"""From a source to `submitted/<student>/<assignment>/`: the newest of each student, a row for everything."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

from grader.records.errors import UsageError
from grader.records.text.nearest import did_you_mean
from grader.submissions.collect.archive import Shelf
from grader.submissions.collect.exchange import from_exchange, inbound_folder
from grader.submissions.collect.names import safe_student
from grader.submissions.collect.place import Chosen, answer_names, choose, existing_time, write
from grader.submissions.collect.records import Caps, Handed, Refusal, Row, Status
from grader.submissions.collect.repositories import from_list, from_repositories, is_repository
from grader.submissions.collect.times import write_timestamp
from grader.submissions.collect.zips import from_zips

Kind = Literal["exchange", "zips", "git"]
KINDS: tuple[Kind, ...] = get_args(Kind)


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
    force: bool = False
    """Replace what lies there even when it is as new."""
    dry_run: bool = False


def gather(plan: Plan) -> list[Row]:
    """Collect, and return what became of each submission, by student and assignment.

    One submission never stops another. Raises `UsageError` when the source is nothing that can be collected from.
    """
    with Shelf() as shelf, tempfile.TemporaryDirectory(prefix="grader-collect-") as scratch:
        rows: list[Row] = []
        groups: dict[tuple[str, str], list[Handed]] = {}
        folded: dict[tuple[str, str], str] = {}
        for handed in _source(plan, shelf, Path(scratch)):
            try:
                student, assignment = _student(handed, plan), _assignment(handed, plan)
                spelled = folded.setdefault((student.casefold(), assignment), handed.student)
                if spelled != handed.student and (student, assignment) not in groups:
                    raise Refusal(f"its folder would be that of {spelled}")
            except Refusal as refusal:
                rows.append(_refused(handed, handed.student, handed.assignment or "", str(refusal)))
                continue
            groups.setdefault((student, assignment), []).append(handed)
        for (student, assignment), several in groups.items():
            rows += _newest(student, assignment, several, plan)
    return sorted(rows, key=lambda row: (row.student, row.assignment, row.status == "superseded", row.time))


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


def read_roster(path: Path) -> dict[str, str]:
    """Read a CSV file with a column `student`: whatever stands in a line's other columns is the same student.

    Raises `UsageError` when there is no such column, or one identity stands for two students.
    """
    found: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        names = list(rows.fieldnames or ())
        if "student" not in names:
            raise UsageError(f"{path} has no column student.", hint=did_you_mean("student", names))
        for row in rows:
            student = (row["student"] or "").strip()
            identities = {value.strip() for value in row.values() if isinstance(value, str) and value.strip()}
            for identity in identities if student else ():
                if found.setdefault(identity, student) != student:
                    raise UsageError(f"{path}: {identity!r} stands for {found[identity]!r} and for {student!r}.")
    return found


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
    return from_zips(plan.source, plan.zone, plan.caps, shelf)


def _student(handed: Handed, plan: Plan) -> str:
    for identity in (handed.student, *handed.aliases):
        if identity in plan.roster:
            return safe_student(plan.roster[identity])
    return safe_student(handed.student)


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
    names = {member.path.replace("\\", "/").rpartition("/")[2] for member in handed.members}
    told = [name for name in plan.assignments if {f"{name}.ipynb", f"{name}.py"} & names]
    if len(told) != 1:
        raise Refusal("its files do not tell which assignment it is; name the assignment")
    return told[0]


def _newest(student: str, assignment: str, several: Sequence[Handed], plan: Plan) -> list[Row]:
    def age(handed: Handed) -> tuple[bool, float]:
        return (not handed.problem, handed.time.timestamp() if handed.time else 0.0)

    ordered = sorted(several, key=age, reverse=True)
    rows = [_collect(student, assignment, ordered[0], plan)]
    for number, older in enumerate(ordered[1:], 1):
        if rows[0].status == "refused":
            # A newest submission that cannot be taken must not cost the student the one before it.
            rows.insert(0, _collect(student, assignment, older, plan))
            continue
        rows += [_row(student, assignment, "superseded", handed) for handed in ordered[number:]]
        break
    return rows


def _collect(student: str, assignment: str, handed: Handed, plan: Plan) -> Row:
    folder = plan.submitted / student / assignment
    try:
        chosen = choose(handed, assignment, plan.caps)
        if folder.is_symlink() or folder.parent.is_symlink():
            raise Refusal(f"{folder} is a symbolic link")
        status = _status(folder, handed, plan)
        if status != "kept" and not plan.dry_run:
            write(folder, chosen, handed.time, plan.caps)
    except Refusal as refusal:
        return _refused(handed, student, assignment, str(refusal))
    return _row(student, assignment, status, handed, chosen)


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
