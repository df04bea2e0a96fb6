"""Gradescope's export: `submission_<number>/`, and a file of metadata that tells who handed each in, and when."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from grader.records.errors import UsageError
from grader.submissions.collect.records import Handed, Member, Refusal

METADATA = "submission_metadata.yml"
_FOLDER = re.compile(r"submission_\d+")
_MAX_METADATA = 16 << 20


def by_metadata(members: Sequence[Member], origin: str) -> Iterator[Handed]:
    """Yield each submission of an export under the names of all who handed it in together.

    Raises `UsageError` when the metadata cannot be read: nothing else tells the students.
    """
    (metadata, *_) = [one for one in members if one.path.replace("\\", "/").rpartition("/")[2] == METADATA]
    metadata_of = _read(metadata)
    groups: dict[str, list[Member]] = {name: [] for name in metadata_of}
    for member in members:
        parts = member.path.replace("\\", "/").split("/")
        at = next((place for place, part in enumerate(parts[:-1]) if _FOLDER.fullmatch(part)), None)
        if at is not None:
            inside = dataclasses.replace(member, path="/".join(parts[at + 1 :]))
            groups.setdefault(parts[at], []).append(inside)
        elif member is not metadata:
            problem = "lies beside the submissions of the export"
            yield Handed(parts[-1], f"{origin}: {member.path}", (), problem=problem)
    for name, mine in sorted(groups.items()):
        yield _handed(name, mine, metadata_of.get(name), origin)


def _handed(name: str, members: list[Member], entry: Any, origin: str) -> Handed:
    record = entry if isinstance(entry, dict) else {}
    listed = record.get("submitters")
    people = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    names = [_identity(person) for person in people]
    aliases = (
        [value for person in people[:1] for value in map(str, person.values()) if value] if len(people) == 1 else []
    )
    changed = max((one.time for one in members if one.time is not None), default=None)
    created = record.get("created_at")
    if isinstance(created, datetime.datetime):
        changed = created if created.tzinfo else created.replace(tzinfo=datetime.UTC)
    notes = () if names else (f"{METADATA} does not tell who handed it in",)
    together = tuple(filter(None, names)) if len(names) > 1 else ()
    student = names[0] if names and names[0] else name
    return Handed(
        student, f"{origin}: {name}", tuple(members), time=changed, aliases=tuple(aliases), notes=notes,
        together=together, problem="" if members else "it holds no file",
    )  # fmt: skip


def _identity(person: dict[str, Any]) -> str:
    number = str(person.get("sid") or "").strip() or str(person.get("email") or "").partition("@")[0]
    name = str(person.get("name") or "").strip()
    return f"{name}_{number}" if name and number else name or number


def _read(metadata: Member) -> dict[str, Any]:
    import yaml  # type: ignore[import-untyped]  # it publishes no types; only this export needs it

    try:
        # Its keys are Ruby's symbols, ":name:", which are plain text to YAML.
        found = yaml.safe_load(metadata.read(_MAX_METADATA).decode("utf-8-sig"))
    except (Refusal, yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise UsageError(
            f"{metadata.path} cannot be read: {error}", hint="Export the submissions from Gradescope again."
        ) from error
    if not isinstance(found, dict):
        raise UsageError(f"{metadata.path} is no list of submissions.", hint="Export them from Gradescope again.")
    return {str(key): _plain(value) for key, value in found.items()}


def _plain(value: Any) -> Any:
    """Drop the colons of Ruby's symbols from keys."""
    if isinstance(value, dict):
        return {str(key).strip(":"): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
