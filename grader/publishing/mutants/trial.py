"""Puts each mutant before the graders: does an exercise notice?

The same examples, runners and comparisons as in grading decide. To be quick about hundreds of wrong answers, a trial
ends at the first example that differs, and nothing is shrunk or explained; what no example tells from the reference is
graded once more by the judge itself, bans and needs included, before it counts as a survivor.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from grader.authoring.exercises import Exercise
from grader.course.settings import Course
from grader.engine.deadlines import Deadlines
from grader.engine.faults import RunnerTrouble
from grader.engine.session import Session
from grader.engine.submission_code import SubmissionCode
from grader.judging.comparison import compare_all
from grader.judging.examples.bank import Bank
from grader.judging.judge import judge
from grader.judging.schedule import Graders, reference_code
from grader.judging.suite import Suite
from grader.publishing.mutants.equivalent import Marks, as_mark, read_marks
from grader.publishing.mutants.generate import Mutant, make_mutants, sample
from grader.publishing.mutants.report import MutantReport, Result

_FIRST = 8
"""Examples that are compared before all the others are run: most mutants differ on them."""


@dataclasses.dataclass(frozen=True)
class Settings:
    """How many mutants to try, and how many at a time."""

    most: int | None = 40
    """Of each exercise; None tries all."""
    jobs: int = 0
    """0 takes one a core."""


Progress = Callable[[int, int], None]
"""Told how many mutants are done and how many there are."""


@dataclasses.dataclass(frozen=True)
class _Subject:
    """One assignment with the mutants of its reference."""

    source: SubmissionCode
    marks: Marks
    mutants: list[Mutant]
    offsets: tuple[int, ...]
    """Lines that stand before each cell in the annotated source."""


def try_mutants(
    course: Course, graders: Graders, assignments: Sequence[str], settings: Settings, progress: Progress | None = None
) -> MutantReport:
    """Make and try the mutants of these assignments' references.

    Raises `AuthorError` when a solution serves no exercise or the marks cannot be read.
    """
    subjects = [_subject(course, graders.suites[name], name) for name in assignments]
    chosen = [(subject, mutant) for subject in subjects for mutant in _chosen(subject, settings)]
    done = itertools.count(1)

    def attempt(one: tuple[_Subject, Mutant]) -> Result:
        result = _result(graders, *one)
        if progress is not None:
            progress(next(done), len(chosen))
        return result

    problems = [problem for subject in subjects for problem in subject.marks.stale(subject.mutants)]
    with ThreadPoolExecutor(settings.jobs or os.cpu_count() or 1, thread_name_prefix="mutants") as pool:
        try:
            sick = pool.map(lambda subject: _sick(graders, subject.source), subjects)
            problems += [problem for some in sick for problem in some]
            results = tuple(pool.map(attempt, chosen))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    problems += [result.problem for result in results if result.problem]
    return MutantReport(results, sum(len(subject.mutants) for subject in subjects), tuple(problems))


def _subject(course: Course, suite: Suite, name: str) -> _Subject:
    source = reference_code(course.root, name)
    text = (course.root / "solutions" / name / source.filename).read_text(encoding="utf-8")
    offsets = tuple(max(text[: text.find(cell)].count("\n"), 0) for cell in source.cells)
    mutants = make_mutants(name, source.cells, suite.exercises)
    return _Subject(source, read_marks(course.root, name), mutants, offsets)


def _chosen(subject: _Subject, settings: Settings) -> list[Mutant]:
    return subject.mutants if settings.most is None else sample(subject.mutants, settings.most)


def _sick(graders: Graders, source: SubmissionCode) -> list[str]:
    """Return the exercises that the reference itself fails: then that a mutant is caught means nothing."""
    suite = graders.suites[source.assignment]
    found = []
    for exercise in suite.exercises:
        by = noticed(graders, suite, (exercise,), source)
        if by:
            found.append(f"{exercise.id}: the reference itself does not pass ({by}); no share of it means anything")
    return found


def noticed(graders: Graders, suite: Suite, exercises: Sequence[Exercise], source: SubmissionCode) -> str:
    """Return the kind of the first finding by which one of the exercises notices a submission, "" when none does."""
    deadlines = dataclasses.replace(graders.deadlines, exercise=min(graders.deadlines.exercise, 10.0))
    with Session(graders.zygote, source, deadlines, graders.limits) as session:
        for exercise in exercises:
            by = _differs(suite, exercise, session)
            if by:
                return by
    return _judged(graders, suite, exercises, source, deadlines)


def _differs(suite: Suite, exercise: Exercise, session: Session) -> str:
    try:
        session.load()
        if session.load_fault is not None or session.loaded is None:
            return "crashed" if session.load_fault is None else session.load_fault.outcome
        if any(name not in session.loaded.names for name in exercise.names):
            return "missing"
        for probe in exercise.probes:
            bank = suite.banks[probe.id]
            for most in dict.fromkeys((min(_FIRST, len(bank.examples)), len(bank.examples))):
                observed = session.observe(probe, most, suite.devices[0], sent=suite.banks[probe.id].sent(probe))
                part = Bank(bank.probe_id, bank.examples[:most])
                for failure in compare_all(probe, part, suite.expected, observed, suite.devices[0]):
                    if failure.must:
                        return next(finding.kind for finding in failure.findings if finding.must)
    except RunnerTrouble:
        return "protocol"
    return ""


def _judged(
    graders: Graders, suite: Suite, exercises: Sequence[Exercise], source: SubmissionCode, deadlines: Deadlines
) -> str:
    quick = dataclasses.replace(suite, mistakes=None, shrink_seconds=0.0)
    with Session(graders.zygote, source, deadlines, graders.limits) as session:
        for exercise in exercises:
            verdict = judge(quick, exercise, session)
            if verdict.outcome != "passed":
                return next((finding.kind for finding in verdict.findings if finding.must), verdict.outcome)
    return ""


def _result(graders: Graders, subject: _Subject, mutant: Mutant) -> Result:
    source = subject.source
    changed = SubmissionCode(source.assignment, source.filename, mutant.cells(source.cells))
    by = noticed(graders, graders.suites[mutant.assignment], mutant.exercises, changed)
    reason = subject.marks.reason(mutant)
    problem = f"{mutant.defines}: marked as equivalent, but caught ({by}): `{mutant.new}`" if reason and by else ""
    return Result(
        assignment=mutant.assignment,
        exercise=mutant.exercises[0].id,
        defines=mutant.defines,
        kind=mutant.kind,
        state="caught" if by else "equivalent" if reason else "survived",
        by=by,
        reason=reason,
        diff=mutant.diff(subject.offsets[mutant.cell]),
        mark="" if by or reason else as_mark(mutant),
        problem=problem,
    )
