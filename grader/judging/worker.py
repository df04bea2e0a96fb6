"""What a machine of a cluster does: open the course that it is told of, and grade what it is sent.

A ticket holds paths, options, digests and the submission's text; an answer is JSON. Nothing of a submission is
anything but data here, as in the judge.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import threading
from pathlib import Path
from typing import Any

import msgspec

from grader.course.settings import load_course
from grader.judging.driver import opened
from grader.judging.keys import Keys, surroundings
from grader.judging.schedule import Graders, Options, grade_one, lockdown
from grader.records.inert import inert
from grader.records.text.language import speaking
from grader.records.verdict import Verdict
from grader.results.report import Sandbox
from grader.submissions.finding import Submission


class Ticket(msgspec.Struct, frozen=True):
    """The course to open, by its path on the worker, and how to grade."""

    course: str
    assignments: tuple[str, ...]
    options: Options
    shared: dict[str, str]
    """What `Keys.shared` gives for each exercise: the worker's course must give the same."""


class Greeting(msgspec.Struct, frozen=True):
    """What a worker says of itself once the course is open."""

    surroundings: dict[str, str]
    differs: tuple[str, ...] = ()
    """Exercises whose checks, reference, seed or limits are others here."""
    problem: str = ""
    """Why the course cannot be opened here."""
    sandbox: Sandbox = Sandbox()


class Answer(msgspec.Struct, frozen=True):
    """One submission's verdicts."""

    verdicts: tuple[Verdict, ...]
    seconds: float
    sandbox: Sandbox


@dataclasses.dataclass
class _Open:
    ticket: bytes
    graders: Graders
    sandbox: Sandbox
    stack: contextlib.ExitStack


_lock = threading.Lock()
_open: list[_Open] = []
"""The course that is open in this process, if one is: it stays so for the tickets that follow."""


def packed(submission: Submission) -> bytes:
    """Return a submission as JSON, as `grade` takes it; the lone surrogates that a notebook may hold survive."""
    return json.dumps(msgspec.to_builtins(submission)).encode()


def greet(ticket: bytes) -> bytes:
    """Open the ticket's course, and return a `Greeting` as JSON."""
    read = msgspec.json.decode(ticket, type=Ticket)
    try:
        differs = _differing(read)
        sandbox = Sandbox() if differs else _opened(ticket).sandbox
    except Exception as error:  # noqa: BLE001 - told to whoever asked: this worker is not used
        return inert(Greeting(surroundings(), problem=f"{type(error).__name__}: {error}"))
    return inert(Greeting(surroundings(), differs, "", sandbox))


def grade(ticket: bytes, submission: bytes, exercises: list[str]) -> bytes:
    """Grade one submission, and return an `Answer` as JSON."""
    found = _opened(ticket)
    read = msgspec.convert(json.loads(submission), type=Submission)
    with speaking(msgspec.json.decode(ticket, type=Ticket).options.language):
        graded = grade_one(found.graders, read, frozenset(exercises))
    return inert(Answer(graded.verdicts, graded.seconds, found.sandbox))


def close(*_: Any) -> None:
    """Close the course that is open here."""
    with _lock:
        while _open:
            _open.pop().stack.close()


def _differing(ticket: Ticket) -> tuple[str, ...]:
    keys = Keys(load_course(Path(ticket.course)), ticket.options)
    here = {name: digest for one in ticket.assignments for name, digest in keys.shared(one).items()}
    return tuple(sorted(name for name in here.keys() | ticket.shared if here.get(name) != ticket.shared.get(name)))


def _opened(ticket: bytes) -> _Open:
    with _lock:
        if _open and _open[0].ticket == ticket:
            return _open[0]
        while _open:
            _open.pop().stack.close()
        read = msgspec.json.decode(ticket, type=Ticket)
        with contextlib.ExitStack() as stack, speaking(read.options.language):
            course = load_course(Path(read.course))
            graders = stack.enter_context(opened(course, read.assignments, read.options))
            _open.append(_Open(ticket, graders, lockdown(graders), stack.pop_all()))
        return _open[0]
