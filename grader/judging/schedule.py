"""The pipeline: a course and submissions in, verdicts out, one submission after another and several at a time."""

from __future__ import annotations

import contextlib
import contextvars
import dataclasses
import hashlib
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from grader.authoring.exercises import Exercise
from grader.course.annotated import reference_cells, replace_solutions
from grader.course.loading import load_exercises, load_mistakes
from grader.course.settings import Course
from grader.engine.bans.stub_code import given_by
from grader.engine.deadlines import Deadlines
from grader.engine.sandbox import Limits, Profile, SandboxReport, Zygote
from grader.engine.session import Session
from grader.engine.submission_code import SubmissionCode
from grader.engine.warmup import warmup_level
from grader.judging.examples.bank import Bank
from grader.judging.examples.cache import banks_for, write_inputs
from grader.judging.examples.expected import Reference
from grader.judging.judge import judge_all
from grader.judging.mistakes import Mistakes
from grader.judging.suite import Suite
from grader.records.errors import AuthorError, UsageError
from grader.records.findings import Finding
from grader.records.text.language import language
from grader.records.text.nearest import did_you_mean
from grader.records.text.saying import say
from grader.records.verdict import Verdict, decide
from grader.results.report import Sandbox
from grader.submissions.finding import Submission


@dataclasses.dataclass(frozen=True)
class Options:
    """How to grade, beyond what course.toml says."""

    jobs: int = 0
    """Submissions at a time; 0 takes one a core."""
    examples: int | None = None
    """Examples an exercise; None takes the course's number."""
    seed: int | None = None
    """None takes the course's secret seed."""
    devices: tuple[str, ...] = ("cpu",)
    shrink_seconds: float = 5.0
    """The most that one search for a smaller counterexample may take; it ends sooner, by what it asked."""
    hidden: bool = True
    exercises: frozenset[str] = frozenset()
    """Ids to grade; empty grades all."""
    public: bool = False
    """Take the frozen public examples alone, as students' own checks do: no reference is needed."""
    first: frozenset[str] = frozenset()
    """Digests of public examples to try before the others."""
    allow_weak: bool = False
    """Grade although this host cannot lock student code down."""
    language: str = dataclasses.field(default_factory=language)
    """That of what is told of answers; the one in force unless given."""
    cluster: str = ""
    """Address of a scheduler whose workers grade; empty for this machine."""


@dataclasses.dataclass(frozen=True)
class Graded:
    """One submission with its verdicts, in the order of the course."""

    submission: Submission
    verdicts: tuple[Verdict, ...]
    seconds: float = 0.0
    """Wall time for the whole submission."""


@dataclasses.dataclass(frozen=True)
class Graders:
    """Open suites by assignment, over one zygote."""

    zygote: Zygote
    suites: Mapping[str, Suite]
    deadlines: Deadlines
    limits: Limits


def lockdown(graders: Graders) -> Sandbox:
    """Return how submissions are locked down, for the report: measured on Linux, weak by design elsewhere.

    Raises `UsageError` when they are to run on a GPU on which CUDA does not start.
    """
    if sys.platform != "linux":
        return Sandbox("weak")
    report = _measured(graders)
    gpu = report.layers.get("gpu", "ok")
    if gpu != "ok":
        raise UsageError(
            say("CUDA does not start in a runner: {why}; nothing was graded", why=gpu.removeprefix("refused: ")),
            hint=say("Leave --device cuda out, or mend the driver: `nvidia-smi` tells of it."),
        )
    return Sandbox(report.level, dict(report.layers))


def _profiles(graders: Graders) -> set[Profile]:
    used: set[Profile] = {"plain"}
    for suite in graders.suites.values():
        used |= {probe.profile for exercise in suite.exercises for probe in exercise.probes}
    return used


def at_a_time(graders: Graders, jobs: int = 0) -> int:
    """Return how many submissions to grade at a time: one a core unless told, fewer where a GPU has room for fewer.

    Each may have a runner a profile. Room is kept for the reference, its simulation and a mistake of each assignment,
    and for the interpreter that is started ahead of need.
    """
    wanted = jobs or os.cpu_count() or 1
    room = graders.zygote.gpu_runners(graders.limits)
    if room is None:
        return wanted
    return max(1, min(wanted, (room - 1 - 3 * len(graders.suites)) // len(_profiles(graders))))


def _measured(graders: Graders) -> SandboxReport:
    """Return the sandbox's report for the weakest of the profiles that the suites' probes run in."""
    reports = [graders.zygote.report(profile) for profile in _profiles(graders)]
    return min(reports, key=lambda report: ("weak", "good", "strong").index(report.level))


def number(seed: str) -> int:
    """Return a course's seed, which is text, as the number that the draws take."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6], "big")


@contextlib.contextmanager
def open_graders(course: Course, assignments: Sequence[str], options: Options) -> Iterator[Graders]:
    """Make ready to grade these assignments: examples drawn, torch warm, references at hand.

    Raises `AuthorError` when the course is broken.
    """
    exercises = {name: _chosen(load_exercises(course.root, name, options.hidden), options) for name in assignments}
    files = [pair for name in assignments for pair in checks_files(course.root, name, options.hidden)]
    seed = number(course.seed()) if options.seed is None else options.seed
    count = options.examples or course.examples.graded
    with contextlib.ExitStack() as stack:
        zygote = stack.enter_context(_zygote(files, options))
        everything = [exercise for name in assignments for exercise in exercises[name]]
        banks = banks_for(everything, count, seed, cache_directory(course.root))
        known = {probe.id for one in everything for probe in one.probes if not probe.hidden}
        preload(zygote, {name: bank for name, bank in banks.items() if name in known})
        deadlines = deadlines_of(course)
        suites = {}
        for name in assignments:
            source = reference_code(course.root, name)
            reference = Reference(zygote, source, exercises[name], banks, cache_directory(course.root))
            stack.callback(reference.close)
            mistakes = _mistakes(course, name, zygote, source, deadlines, banks)
            chosen = tuple(exercises[name])
            suites[name] = Suite(
                chosen,
                banks,
                reference,
                mistakes,
                options.devices,
                seed,
                options.shrink_seconds,
                given=given_by([replace_solutions(cell) for cell in source.cells]),
            )
        yield Graders(zygote, suites, deadlines, limits_of(course))


def _zygote(files: Sequence[tuple[str, Path]], options: Options) -> Zygote:
    return Zygote.start(files, warm=warmup_level(path for _, path in files), gpu="cuda" in options.devices)


def preload(zygote: Zygote, banks: Mapping[str, Bank]) -> None:
    """Hand drawn examples, and nothing that is expected of them, to the zygote: what runs in a runner can find them."""
    with tempfile.TemporaryDirectory(prefix="grader-inputs-") as scratch:
        inputs = Path(scratch) / "inputs.bin"
        write_inputs(banks, inputs)
        zygote.preload(inputs)


def grade_one(graders: Graders, submission: Submission, exercises: Collection[str] = ()) -> Graded:
    """Return the verdicts on one submission; whatever fails, every exercise gets one.

    `exercises` are the ids asked for; all of the assignment when there are none.
    """
    suite = graders.suites[submission.assignment]
    if exercises:
        asked = tuple(exercise for exercise in suite.exercises if exercise.id in exercises)
        suite = dataclasses.replace(suite, exercises=asked)
    if submission.problem is not None:
        return Graded(submission, tuple(_unreadable(exercise, submission.problem) for exercise in suite.exercises))
    source = code_of(submission)
    started = time.monotonic()
    verdicts = _judged(graders, suite, source)
    if any(verdict.outcome == "not_judged" for verdict in verdicts):
        verdicts = _judged(graders, suite, source)  # what failed was ours, and may be gone: a zygote is started again
    return Graded(submission, verdicts, time.monotonic() - started)


def code_of(submission: Submission) -> SubmissionCode:
    """Return what a runner is given of a submission."""
    return SubmissionCode(
        submission.assignment,
        submission.source,
        submission.cells,
        submission.is_notebook,
        submission.files,
        submission.unread,
    )


def _judged(graders: Graders, suite: Suite, source: SubmissionCode) -> tuple[Verdict, ...]:
    with Session(graders.zygote, source, graders.deadlines, graders.limits) as session:
        return judge_all(suite, session)


def grade_all(
    graders: Graders, wanted: Sequence[tuple[Submission, Collection[str]]], jobs: int = 0
) -> Generator[tuple[int, Graded], None, None]:
    """Yield each submission's verdicts as it is finished, with its place; close it when you stop before its end.

    Submissions come with the ids of the exercises that are asked for, as `grade_one` takes them, and begin in their
    order. Ctrl-C lets what is finished stand; what is not is ended at once, with all runners, and cannot go on.
    """
    workers = at_a_time(graders, jobs)
    pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="judge")
    waiting = enumerate(wanted)
    running: dict[Future[Graded], int] = {}
    try:
        while True:
            # Few are waiting in the pool, so that memory does not grow with the class.
            for place, (submission, exercises) in itertools.islice(waiting, 2 * workers - len(running)):
                spoken = contextvars.copy_context()  # a thread would speak English: it begins without any context
                running[pool.submit(spoken.run, grade_one, graders, submission, exercises)] = place
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        graders.zygote.close()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def check_exercise_ids(course: Course, wanted: frozenset[str]) -> None:
    """Raise `UsageError`, naming the nearest, for an id that no exercise of the course has."""
    if not wanted:
        return
    known = [exercise.id for name in course.names for exercise in load_exercises(course.root, name)]
    for name in sorted(wanted - set(known)):
        raise UsageError(f"there is no exercise {name!r}", hint=did_you_mean(name, known))


def checks_files(root: Path, assignment: str, hidden: bool) -> list[tuple[str, Path]]:
    """Return (assignment, path) of the files that hold an assignment's probes."""
    files = [(assignment, root / "assignments" / assignment / "checks.py")]
    further = root / "solutions" / assignment / "hidden.py"
    if hidden and further.is_file():
        files.append((assignment, further))
    return files


def reference_code(root: Path, assignment: str) -> SubmissionCode:
    """Return the reference solution as a submission. Raises `AuthorError` when there is none."""
    path = root / "solutions" / assignment / f"{assignment}.py"
    if not path.is_file():
        raise AuthorError(
            f"no reference solution for {assignment}: {path.relative_to(root)} does not exist",
            hint="Grading needs the instructors' checkout; `grader check` works without it.",
        )
    return SubmissionCode(assignment, f"{assignment}.py", reference_cells(path))


def cache_directory(root: Path) -> Path:
    """Return where drawn examples and the reference's observations are kept between runs."""
    return Path(os.environ.get("GRADER_CACHE") or root / ".grader")


def _chosen(exercises: list[Exercise], options: Options) -> list[Exercise]:
    if not options.exercises:
        return exercises
    return [exercise for exercise in exercises if exercise.id in options.exercises]


def _mistakes(
    course: Course, name: str, zygote: Zygote, source: SubmissionCode, deadlines: Deadlines, banks: Mapping[str, Bank]
) -> Mistakes | None:
    path = course.root / "solutions" / name / "mistakes.py"
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    return Mistakes(zygote, source, text, load_mistakes(course.root, name), deadlines, banks)


def deadlines_of(course: Course) -> Deadlines:
    """Return the wall-clock limits that course.toml sets."""
    limits = course.limits
    return Deadlines(limits.seconds_to_load, limits.seconds_per_example, limits.seconds_per_exercise)


def limits_of(course: Course) -> Limits:
    """Return the limits of a runner that course.toml sets."""
    given = course.limits
    return Limits(
        memory_bytes=given.memory_mb << 20,
        gpu_bytes=given.gpu_memory_mb << 20,
        output_characters=given.output_kb << 10,
    )


def _unreadable(exercise: Exercise, problem: str) -> Verdict:
    finding = Finding(kind="unreadable", must=True, message=problem)
    return decide(exercise.id, "unreadable", exercise.points, title=exercise.title, findings=(finding,))
