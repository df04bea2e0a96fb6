"""Grading on a cluster of Dask: verdicts as on one machine, and what a lost worker had is graded elsewhere."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from grader.course.settings import Course
from grader.judging import worker
from grader.judging.driver import Run, Sink, Task
from grader.judging.keys import Keys, surroundings
from grader.judging.reporting import refuse_weak
from grader.judging.schedule import Graded, Options
from grader.records.errors import UsageError
from grader.records.findings import Finding
from grader.records.inert import inert
from grader.records.verdict import decide
from grader.results.report import Sandbox

_LEVELS = ("weak", "good", "strong")
_CONNECT_SECONDS = 10.0
_WATCH_SECONDS = 5.0
"""How often to look whether anybody is left who could answer."""


def drive_on_cluster(
    course: Course, names: Sequence[str], tasks: Sequence[Task], sinks: Iterable[Sink], options: Options
) -> None:
    """Grade every task on the workers of `options.cluster`, and hand each submission's verdicts to every sink.

    The workers find the course at the same path as here; those with another course, seed or version are not used, and
    sinks are told of them by name. Raises `UsageError` when the scheduler cannot be reached, no worker can be used, all
    of them are lost, or they cannot lock student code down.
    """
    sinks = tuple(sinks)
    keys = Keys(course, options)
    shared = {name: digest for one in names for name, digest in keys.shared(one).items()}
    bare = dataclasses.replace(options, cluster="")
    ticket = inert(worker.Ticket(str(course.root), tuple(names), bare, shared))
    with _connected(options.cluster) as client:
        usable, sandbox, refused = _usable(client, ticket, options)
        for sink in sinks:
            sink.begin(Run(len(tasks), sandbox, notes=tuple(f"not used: {one}" for one in refused)))
        for place, answer in _answers(client, ticket, tasks, usable, options):
            graded = _graded(keys, tasks[place], answer)
            for sink in sinks:
                sink.add(graded, place)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    distributed: Any = importlib.import_module("distributed")  # its own types are half there
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a lost worker is told in our own words
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            f"no scheduler answers at {address}: {error}",
            hint="Start one with `dask scheduler`, such as tcp://host:8786.",
        ) from error
    with client:
        yield client


def _usable(client: Any, ticket: bytes, options: Options) -> tuple[list[str], Sandbox, tuple[str, ...]]:
    """Have every worker open the course; return those that can be used, how they lock down, and why others cannot."""
    workers = {address: str(one.get("name", address)) for address, one in client.scheduler_info(-1)["workers"].items()}
    asked = {
        address: client.submit(worker.greet, ticket, workers=[address], allow_other_workers=False, pure=False)
        for address in workers
    }
    refused, sandboxes = [], {}
    for address, future in asked.items():
        try:
            greeting = msgspec.json.decode(future.result(), type=worker.Greeting)
        except Exception as error:  # noqa: BLE001 - whatever it is, this worker cannot be used
            refused.append(f"{workers[address]}: {type(error).__name__}: {error}")
            continue
        reason = _reason(greeting)
        if reason:
            refused.append(f"{workers[address]}: {reason}")
        else:
            sandboxes[address] = greeting.sandbox
    if not sandboxes:
        reasons = "\n".join(refused) or "There is none."
        raise UsageError(
            f"no worker of the cluster can be used:\n{reasons}", hint="Workers need this course, at this path."
        )
    weakest = min(sandboxes.values(), key=lambda one: _LEVELS.index(one.level))
    refuse_weak(weakest.level, options.allow_weak)
    return list(sandboxes), weakest, tuple(refused)


def _reason(greeting: worker.Greeting) -> str:
    here = surroundings()
    other = [
        f"{name} {greeting.surroundings.get(name, 'none')}, here {value}"
        for name, value in here.items()
        if greeting.surroundings.get(name) != value
    ]
    if other:
        return "; ".join(other)
    if greeting.differs:
        some = ", ".join(greeting.differs[:3])
        return f"its course, seed or limits differ in {len(greeting.differs)} exercises ({some}, ...)"
    return greeting.problem


def _answers(
    client: Any, ticket: bytes, tasks: Sequence[Task], usable: Sequence[str], options: Options
) -> Iterator[tuple[int, worker.Answer | str]]:
    """Yield each task's place and answer, or why there is none, as it comes."""
    distributed: Any = importlib.import_module("distributed")
    resources = {"GPU": 1} if "cuda" in options.devices else None
    futures = {
        client.submit(
            worker.grade,
            ticket,
            worker.packed(task.submission),
            sorted(task.exercises),
            workers=list(usable),
            allow_other_workers=False,
            pure=False,
            resources=resources,
            retries=2,
        ): place
        for place, task in enumerate(tasks)
    }
    left = dict(futures)
    try:
        while left:
            with contextlib.suppress(TimeoutError):
                for future in distributed.as_completed(list(left), loop=client.loop, timeout=_WATCH_SECONDS):
                    yield left.pop(future), _answer(future)
            if left and not set(usable) & set(client.scheduler_info(-1)["workers"]):
                raise UsageError(
                    f"all workers of the cluster were lost; {len(left)} submissions are not graded.",
                    hint="What was graded is kept. Start workers, and run the same command again.",
                )
    finally:
        client.cancel(list(left), force=True)


def _answer(future: Any) -> worker.Answer | str:
    error = future.exception()
    if error is not None:
        return f"{type(error).__name__}: {error}"
    answer: worker.Answer = msgspec.json.decode(future.result(), type=worker.Answer)
    return answer


def _graded(keys: Keys, task: Task, answer: worker.Answer | str) -> Graded:
    if isinstance(answer, worker.Answer):
        return Graded(task.submission, answer.verdicts, answer.seconds)
    message = f"not judged, through no fault of the submission: the cluster gave {answer}; grade it again"
    finding = Finding(kind="protocol", must=False, message=message)
    verdicts = [
        decide(one.id, "not_judged", one.points, title=one.title, findings=(finding,))
        for one in keys.exercises(task.submission.assignment)
        if not task.exercises or one.id in task.exercises
    ]
    return Graded(task.submission, tuple(verdicts))
