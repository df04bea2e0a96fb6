"""Whose the files of a download are: told by a platform's names, by folders, by zips, or by a layout that was given."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

from grader.records.errors import UsageError
from grader.submissions.collect.attempts import by_platform
from grader.submissions.collect.gradescope import METADATA, by_metadata
from grader.submissions.collect.names import is_noise
from grader.submissions.collect.pattern import EXAMPLE, placed
from grader.submissions.collect.platforms import platform_name
from grader.submissions.collect.records import Handed, Member
from grader.submissions.naming import is_answer_file, is_copy, is_named_like, without_copy_number

_GENERIC = re.compile(
    r"(hw|home_?works?|assignments?|submissions?|submitted|downloads?|class|course|all|works?|answers?|solutions?|export"
    r"|files?|src|source|code|uploads?|lib|utils?|helpers?|tests?|data|images?|figures?|img|docs?|report|notebooks?|nb"
    r"|project|package|packed|old|new|final|draft|backup|archive|v|version|abgaben?|과제|제출|답안|제출물)?[\W_\d]*",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True)
class Reading:
    """What is known when a download is taken apart."""

    assignments: tuple[str, ...]
    zone: datetime.tzinfo
    known: frozenset[str] = frozenset()
    """Names of students, from the roster."""
    layout: re.Pattern[str] | None = None
    alone: bool = True
    """Whether this is all there is to collect, and not one student's of many."""
    wraps: bool = False
    """Whether the download itself is certainly no student's: it is a folder that holds others."""

    def is_alike(self, name: str) -> bool:
        """Say whether a file's name is that of one of the assignments, whatever stands around it."""
        return any(is_named_like(name, assignment) for assignment in self.assignments)

    def is_generic(self, name: str) -> bool:
        """Say whether a folder's or zip's name is a thing's rather than a student's."""
        if name in self.known:
            return False
        plain = without_copy_number(name)
        if any(re.search(rf"(?<![^\W_]){re.escape(one)}(?![^\W_])", plain, re.IGNORECASE) for one in self.assignments):
            return True
        return bool(_GENERIC.fullmatch(plain)) and not re.fullmatch(r"\d{3,}", plain)


def arrange(members: Sequence[Member], name: str, origin: str, reading: Reading) -> Iterator[Handed]:
    """Yield what each student handed in of a download called `name`.

    Raises `UsageError` where nothing tells the students of a class from each other: it never becomes one student.
    """
    if reading.layout is not None:
        yield from _by_layout(members, origin, reading)
        return
    clean = [member for member in members if not is_noise(member.path)]
    if any(_leaf(member) == METADATA for member in clean):
        yield from by_metadata(clean, origin)
    elif _is_platforms(clean, reading):
        yield from (_by_head(clean, origin, reading) if reading.wraps else by_platform(clean, origin, reading.zone))
    elif (outer := _outer(clean, reading)) is not None:
        inside = [dataclasses.replace(one, path=_below(one)) for one in clean if _head(one) == outer and _below(one)]
        yield from _strangers([one for one in clean if _head(one) != outer], origin)
        deeper = dataclasses.replace(reading, wraps=False)
        yield from arrange(inside, outer if reading.is_generic(name) else name, f"{origin}: {outer}", deeper)
    elif _is_class(clean, name, reading):
        yield from _by_head(clean, origin, reading)
    else:
        _refuse_a_class(clean, name, reading)
        yield one_student(name, origin, members)


def only_zip(members: Sequence[Member]) -> Member | None:
    """Return the zip in which all of the work of a download lies, None when there is none."""
    work = [one for one in members if _is_work(one) and not is_noise(one.path)]
    if len(work) == 1 and _is_zip(work[0]) and platform_name(_head(work[0])) is None:
        return work[0]
    return None


def one_student(name: str, origin: str, members: Sequence[Member]) -> Handed:
    """Return all of the members as one student's; a platform's name tells which."""
    parsed = platform_name(name)
    if parsed is None:
        return Handed(name, origin, tuple(members), time=newest(members))
    return Handed(parsed.student, origin, tuple(members), time=newest(members), aliases=(parsed.name, parsed.id))


def newest(members: Iterable[Member]) -> datetime.datetime | None:
    """Return when the latest of some files was changed, None when none of them tells."""
    return max((one.time for one in members if one.time is not None and not one.problem), default=None)


def _head(member: Member) -> str:
    return member.path.replace("\\", "/").partition("/")[0]


def _below(member: Member) -> str:
    return member.path.replace("\\", "/").partition("/")[2]


def _leaf(member: Member) -> str:
    return member.path.replace("\\", "/").rpartition("/")[2]


def _is_work(member: Member) -> bool:
    return is_answer_file(_leaf(member)) or _leaf(member).lower().endswith(".zip")


def _is_platforms(clean: Sequence[Member], reading: Reading) -> bool:
    weighed = [member for member in clean if _is_work(member)] or list(clean)
    return sum(platform_name(_head(member)) is not None for member in weighed) * 2 > len(weighed)


def _folders(clean: Sequence[Member]) -> dict[str, list[Member]]:
    """Return the outermost folders with what lies in them."""
    found: dict[str, list[Member]] = {}
    for member in clean:
        if _below(member):
            found.setdefault(_head(member), []).append(member)
    return found


def _is_class(clean: Sequence[Member], name: str, reading: Reading) -> bool:
    """Say whether the outermost folders and zips are students."""
    folders = _folders(clean)
    zips = [_stem(member) for member in clean if not _below(member) and _is_zip(member)]
    holders = [*zips, *(folder for folder, inside in folders.items() if any(map(_is_work, inside)))]
    people = [holder for holder in holders if not reading.is_generic(holder)]
    if any(person in reading.known for person in people):
        return True
    if not people or (not reading.alone and len(people) < 2):
        return False
    loose = [member.path for member in clean if not _below(member) and platform_name(member.path) is None]
    if any(map(is_answer_file, loose)) or not reading.alone:
        alike = [folder for folder in people if any(reading.is_alike(_leaf(one)) for one in folders.get(folder, ()))]
        return len(alike) > 1
    others = len(people) < len(holders)
    return (len(people) > 1 and not others) or ((reading.wraps or reading.is_generic(name)) and bool(people))


def _outer(clean: Sequence[Member], reading: Reading) -> str | None:
    """Return the only folder that holds work, where it holds that of many: the download is but a wrapping of it."""
    folders = _folders(clean)
    holders = [folder for folder, inside in folders.items() if any(map(_is_work, inside))]
    if len(holders) != 1 or not reading.alone or any(_is_work(one) for one in clean if not _below(one)):
        return None
    inside = [dataclasses.replace(one, path=_below(one)) for one in folders[holders[0]]]
    plain = dataclasses.replace(reading, wraps=False)
    many = any(_leaf(one) == METADATA for one in inside) or _is_platforms(inside, reading) or _beside(inside, reading)
    # Under a name that could be a student's only several make a class of what lies in one folder.
    return holders[0] if many or _is_class(inside, "somebody", plain) or _outer(inside, plain) else None


def _by_head(clean: Sequence[Member], origin: str, reading: Reading) -> Iterator[Handed]:
    """Yield a student for each outermost folder and zip; platform's files among them are grouped as such."""
    folders = _folders(clean)
    loose = [member for member in clean if not _below(member)]
    named = [member for member in clean if platform_name(_head(member))]
    yield from by_platform(named, origin, reading.zone)
    for folder, inside in sorted(folders.items()):
        if platform_name(folder) is None:
            lifted = [dataclasses.replace(member, path=_below(member)) for member in inside]
            yield one_student(folder, f"{origin}: {folder}", lifted)
    for member in loose:
        if _is_zip(member) and platform_name(member.path) is None:
            yield one_student(_stem(member), f"{origin}: {member.path}", [member])
    yield from _strangers([m for m in loose if not _is_zip(m) and platform_name(m.path) is None], origin)


def _strangers(members: Iterable[Member], origin: str) -> Iterator[Handed]:
    for member in members:
        name = _stem(member) if not _below(member) else member.path
        yield Handed(name, f"{origin}: {member.path}", (), problem="lies beside the students' work: it is no student's")


def _by_layout(members: Sequence[Member], origin: str, reading: Reading) -> Iterator[Handed]:
    assert reading.layout is not None
    groups: dict[str, list[Member]] = {}
    ids: dict[str, str] = {}
    for member in members:
        if is_noise(member.path):
            continue
        place = placed(member.path.replace("\\", "/"), reading.layout)
        if place is None:
            yield Handed(
                _stem(member), f"{origin}: {member.path}", (), problem="does not fit the layout that was given"
            )
            continue
        ids[place.student] = place.id
        groups.setdefault(place.student, []).append(dataclasses.replace(member, path=place.file))
    if not groups:
        raise _refusal(members, origin, "no file fits the layout that was given")
    for student, mine in sorted(groups.items()):
        aliases = tuple(filter(None, (ids[student],)))
        yield Handed(student, f"{origin}: {student}", tuple(mine), time=newest(mine), aliases=aliases)


def _beside(clean: Sequence[Member], reading: Reading) -> bool:
    """Say whether files of several students seem to lie side by side, and only their names could tell them."""
    loose = [member for member in clean if not _below(member) and is_answer_file(member.path)]
    stems = {without_copy_number(_stem(one)).casefold() for one in loose}
    if any(is_copy(one.path, assignment) for one in loose for assignment in reading.assignments):
        return False
    alike = {stem for stem in stems if reading.is_alike(f"{stem}.py")}
    return len(alike) > 1 or (not alike and len(stems) > 1)


def _refuse_a_class(clean: Sequence[Member], name: str, reading: Reading) -> None:
    """Raise `UsageError` where nothing tells the students of what may well be a class."""
    if not reading.alone:
        return
    if _beside(clean, reading):
        raise _refusal(clean, name, "several students' files seem to lie side by side")
    folders = _folders(clean)
    zips = [_stem(member) for member in clean if not _below(member) and _is_zip(member)]
    holders = [*zips, *(folder for folder, inside in folders.items() if any(map(_is_work, inside)))]
    loose = any(is_answer_file(member.path) for member in clean if not _below(member))
    people = any(not reading.is_generic(folder) for folder in folders)
    several = len(holders) > 1 or (len(folders) > 1 and people and not all(map(reading.is_generic, holders)))
    if holders and not loose and several and (people or reading.is_generic(name)):
        raise _refusal(clean, name, "its folders may be students or one student's parts")


def _refusal(members: Sequence[Member], name: str, why: str) -> UsageError:
    seen = "\n".join(f"  {member.path}" for member in members[:8])
    more = f"\n  and {len(members) - 8} more" if len(members) > 8 else ""
    return UsageError(
        f"{name}: whose is what? No platform's naming was recognised, and {why}. In it lie\n{seen}{more}",
        hint=f"Say where the student's name stands, such as --layout '{EXAMPLE}' or "
        "--layout '{assignment}_{student}.{any}', or give a --roster that holds the names.",
    )


def _is_zip(member: Member) -> bool:
    return member.path.lower().endswith(".zip")


def _stem(member: Member) -> str:
    leaf = _leaf(member)
    return leaf.rpartition(".")[0] or leaf
