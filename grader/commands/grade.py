"""`grader grade`: grade a file, one submission or a whole class with the hidden references."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.commands.bar import ProgressBar, explain_interruption
from grader.commands.choosing import Choice, chosen

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.judging.driver import Sink, Task
    from grader.judging.reporting import ReportSink
    from grader.judging.schedule import Options
    from grader.results.report import Audience, Report
    from grader.results.store.store import Store
    from grader.submissions.finding import Submission

EXAMPLES = (
    (
        "grader grade submitted --json results.json",
        "a class, laid out as <student>/<assignment>/<assignment>.py or .ipynb",
    ),
    ("grader grade submitted/ada/einsum/einsum.py", "one file"),
    ("grader grade submitted --jobs 4 --exercise einsum.trace", "one exercise of everybody"),
    ("grader grade submitted --failed --force", "once more, whoever failed"),
    ("grader grade --nbgrader DIR einsum", "what was handed in to an nbgrader course, into its gradebook"),
)

JsonFile = Annotated[
    Path | None,
    typer.Option("--json", metavar="FILE", help="Write the report as JSON, merged into what FILE holds; - prints it."),
]
Seed = Annotated[str | None, typer.Option(help="Draw the examples from this seed, not the course's secret one.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no explanations: only the summary.")]
Nbgrader = Annotated[bool, typer.Option("--nbgrader", help="The target is an nbgrader course: fill its gradebook.")]
Who = Annotated[str, typer.Option(metavar="WHO", help="student or instructor: who may see the report, JSON included.")]
Replace = Annotated[bool, typer.Option("--replace", help="Give up what an earlier report in FILE holds of others.")]
StoreName = Annotated[
    str | None,
    typer.Option("--store", metavar="WHERE", help="Keep results in this file or SQLAlchemy URL; none keeps nothing."),
]
Force = Annotated[bool, typer.Option("--force", help="Grade again what the store holds already.")]
Student = Annotated[list[str] | None, typer.Option(help="Grade only this student's work; may be repeated.")]
Failed = Annotated[bool, typer.Option("--failed", help="Only submissions that failed when they were last graded.")]
Changed = Annotated[bool, typer.Option("--changed", help="Only submissions that were not graded as they are now.")]
Cluster = Annotated[str, typer.Option(metavar="URL", help="Grade on the workers of this Dask scheduler: tcp://...")]
Public = Annotated[bool, typer.Option("--public", help="With --nbgrader: only the public examples, as its own cells.")]


def grade(
    targets: Annotated[list[Path], typer.Argument(help="Files, submissions, or roots of many.", show_default=False)],
    json_file: JsonFile = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    assignment: Annotated[str | None, typer.Option(help="The assignment of a single file.")] = None,
    exercise: Annotated[list[str] | None, typer.Option(help="Grade only this exercise; may be repeated.")] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Submissions at a time; 0 takes one a core.")] = 0,
    examples: Annotated[int | None, typer.Option(min=1, help="Examples of each probe.")] = None,
    seed: Seed = None,
    device: Annotated[list[str] | None, typer.Option(help="cpu, cuda; may be repeated.")] = None,
    shrink: Annotated[float, typer.Option(min=0.0, help="Seconds to look for a smaller counterexample.")] = 5.0,
    audience: Who = "instructor",
    allow_weak: Annotated[bool, typer.Option(help="Grade although this host cannot lock student code down.")] = False,
    quiet: Quiet = False,
    nbgrader: Nbgrader = False,
    public: Public = False,
    replace: Replace = False,
    store: StoreName = None,
    force: Force = False,
    student: Student = None,
    failed: Failed = False,
    changed: Changed = False,
    cluster: Cluster = "",
) -> None:
    """Grade submissions with the hidden references, explain every lost point, and write a report."""
    from grader.judging.schedule import Options, number
    from grader.results.report import for_audience

    _check_public(public, nbgrader)
    who, choice = audience_of(audience), Choice(tuple(student or ()), failed, changed)
    found = _opened(course or (nbgrader and _course_of(targets[0])) or None, targets)
    drawn = None if seed is None else number(seed)
    on = devices(tuple(device or ()), found.devices)
    options = Options(jobs, examples, drawn, on, shrink, public=public)
    options = dataclasses.replace(options, exercises=frozenset(exercise or ()), allow_weak=allow_weak, cluster=cluster)
    warn_of_default_seed(found, seed)
    driver = run_nbgrader if nbgrader else run
    kept = Kept(json_file, who, seed, quiet, replace, store, force, choice)
    report = driver(found, targets, assignment, options, kept)
    present(for_audience(report, who), json_file, quiet=quiet)
    check_all_judged(report)


@dataclasses.dataclass(frozen=True)
class Kept:
    """What is kept and shown of a grading."""

    json_file: Path | None = None
    """`-` is the terminal."""
    audience: Audience = "instructor"
    seed: str | None = None
    """What the examples are drawn from; None for the course's secret."""
    quiet: bool = False
    replace: bool = False
    """Whether what an earlier report holds of others is given up."""
    store: str | None = None
    """File or URL of the results store; None for the course's own, "none" for none."""
    force: bool = False
    """Whether what the store holds is graded again."""
    choice: Choice = dataclasses.field(default_factory=Choice)
    """Whose submissions are graded."""

    @property
    def destination(self) -> Path | None:
        """The file to write the report to while it grows, if one was asked for."""
        return self.json_file if self.json_file is not None and str(self.json_file) != "-" else None


def _opened(root: Path | None, targets: list[Path]) -> Course:
    from grader.course.settings import find_course, load_course, speak_for

    found = load_course(root or find_course(anchor(targets)))
    speak_for(found)
    return found


def _check_public(public: bool, nbgrader: bool) -> None:
    from grader.records.errors import UsageError

    if public and not nbgrader:
        raise UsageError("--public goes with --nbgrader only.", hint="`grader check` takes the public examples alone.")


def run(
    course: Course, targets: Sequence[Path], assignment: str | None, options: Options, kept: Kept | None = None
) -> Report:
    """Grade every submission under the targets; what is finished is in the report also after Ctrl-C."""
    from grader.commands.storing import remembered
    from grader.judging.reporting import empty_report

    kept = kept or Kept()
    tasks, notes = tasks_of(course, targets, assignment, options)
    blank = empty_report(course, kept.seed, (*notes, *_unused(course.devices, options.devices)))
    with remembered(course, kept.store, blank.versions) as store:
        return report_on(course, chosen(course, tasks, options, store, kept.choice), blank, options, kept, store)


def report_on(
    course: Course,
    tasks: Sequence[Task],
    blank: Report,
    options: Options,
    kept: Kept,
    store: Store | None,
    more: Sequence[Sink] = (),
) -> Report:
    """Grade these tasks into a report, written where it is wanted; further sinks hear of it, too."""
    from grader.judging.incremental import grade_tasks
    from grader.judging.reporting import ReportSink
    from grader.results.earlier import earlier_report

    keys = {(task.submission.student, task.submission.assignment) for task in tasks}
    earlier = None if kept.replace else earlier_report(kept.destination, blank, keys, options.exercises)
    with (
        ProgressBar(kept.quiet) as bar,
        explain_interruption(bar, store is not None),
        _naming_partial_report(ReportSink(blank, kept.destination, kept.audience, earlier)) as sink,
    ):
        grade_tasks(course, tasks, (sink, bar, *more), options, store, force=kept.force)
    return sink.report


def tasks_of(
    course: Course, targets: Sequence[Path], assignment: str | None, options: Options
) -> tuple[list[Task], tuple[str, ...]]:
    """Return every submission under the targets that has an exercise to grade, with remarks on what was passed over.

    Raises `UsageError` as `read_all` does, and for an exercise that the course does not have.
    """
    from grader.judging.driver import Task
    from grader.judging.schedule import check_exercise_ids

    submissions, notes = read_all(course, targets, assignment, attempts=course.grade.counts == "best")
    check_exercise_ids(course, options.exercises)
    wanted = {name.partition(".")[0] for name in options.exercises} or set(course.names)
    return [Task(submission) for submission in submissions if submission.assignment in wanted], notes


@contextlib.contextmanager
def _naming_partial_report(sink: ReportSink) -> Iterator[ReportSink]:
    """Say where the unfinished report of a run that is stopped lies, when it is not where it was asked for."""
    try:
        with sink:
            yield sink
    except BaseException:
        if sink.partial is not None and sink.partial.exists():
            typer.echo(f"note: the report was left as it was; what was graded now lies in {sink.partial}", err=True)
        raise


def run_nbgrader(
    course: Course, targets: Sequence[Path], assignment: str | None, options: Options, kept: Kept
) -> Report:
    """Grade what was handed in to an nbgrader course: the first target, and its assignment when a second is given."""
    from grader.commands.storing import remembered
    from grader.integrations.nbgrader.grading import grade_nbgrader
    from grader.judging.reporting import ReportSink, empty_report
    from grader.records.errors import UsageError
    from grader.results.earlier import earlier_report
    from grader.submissions.finding import misnamed_notes, stray_notes

    if kept.choice != Choice():
        raise UsageError("--student, --failed and --changed do not go with --nbgrader.", hint="Name one assignment.")
    if options.exercises:
        raise UsageError("--exercise does not go with --nbgrader: a submission's scores are written together.")
    name = _assignment_of(targets, assignment)
    submitted = targets[0] / "submitted"
    notes = (*misnamed_notes(submitted, course), *stray_notes(submitted)) if submitted.is_dir() else ()
    blank = empty_report(course, kept.seed, (*notes, *_unused(course.devices, options.devices)))
    earlier = None if kept.replace else earlier_report(kept.destination, blank, None)
    with (
        remembered(course, kept.store, blank.versions) as store,
        ProgressBar(kept.quiet) as bar,
        explain_interruption(bar, store is not None),
        _naming_partial_report(ReportSink(blank, kept.destination, kept.audience, earlier)) as sink,
    ):
        grade_nbgrader(course, targets[0], name, options, (sink, bar), store, force=kept.force)
    return sink.report


def _assignment_of(targets: Sequence[Path], assignment: str | None) -> str | None:
    from grader.records.errors import UsageError

    if len(targets) > 2 or (len(targets) == 2 and assignment is not None):
        raise UsageError(
            "--nbgrader takes a folder and at most one assignment.",
            hint="Such as: grader grade --nbgrader DIR einsum",
        )
    return str(targets[1]) if len(targets) == 2 else assignment


def read_all(
    course: Course, targets: Sequence[Path], assignment: str | None, *, attempts: bool = False
) -> tuple[list[Submission], tuple[str, ...]]:
    """Find and read every submission under the targets, with remarks on what was passed over.

    `attempts` says that earlier ones are read, too.
    """
    from grader.records.errors import UsageError
    from grader.submissions.attempts import with_attempts
    from grader.submissions.finding import find_submissions, read_submission

    submissions: list[Submission] = []
    notes: list[str] = []
    for target in targets:
        found = find_submissions(target, course, assignment)
        notes += found.notes
        every = with_attempts(found.submissions, course) if attempts else found.submissions
        submissions += [read_submission(one) for one in every]
    if not submissions:
        raise UsageError(
            f"no submission found under {', '.join(str(target) for target in targets)}",
            hint="\n".join(notes) or "Submissions lie as <root>/<student>/<assignment>/<assignment>.py or .ipynb.",
        )
    return submissions, tuple(notes)


def present(report: Report, json_file: Path | None, *, quiet: bool) -> None:
    """Show a report on the terminal, or as JSON where that was asked for."""
    from grader.results.render import render

    if json_file is not None and str(json_file) == "-":
        typer.echo(render(report, "json"), nl=False)
        return
    typer.echo(render(report, "terminal", brief=quiet), nl=False)


def check_all_judged(report: Report) -> None:
    """Raise `SandboxError`, naming whom it concerns, where exercises could not be judged through a fault of ours."""
    from grader.records.errors import SandboxError

    missing = [
        f"{one.student} ({exercise.id})"
        for one in report.submissions
        for exercise in one.exercises
        if exercise.outcome == "not_judged"
    ]
    for submission in report.submissions:
        attempts = submission.attempts or ()
        missing += [f"{submission.student} (attempt of {one.handed_in})" for one in attempts if one.points is None]
    if missing:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        count = "1 exercise" if len(missing) == 1 else f"{len(missing)} exercises"
        raise SandboxError(
            f"{count} could not be judged, through no fault of the submissions: {', '.join(missing[:5])}{more}.",
            hint="Run the same command again; if that does not help, `grader doctor --sandbox` tells of this host.",
        )


def audience_of(word: str) -> Audience:
    """Return the audience that a word names. Raises `UsageError` for another word: what it hides must not be shown."""
    from grader.records.errors import UsageError
    from grader.records.text.nearest import did_you_mean

    if word == "student":
        return "student"
    if word == "instructor":
        return "instructor"
    raise UsageError(f"unknown audience {word!r}", hint=did_you_mean(word, ("student", "instructor")))


def warn_of_default_seed(course: Course, seed: str | None) -> None:
    """Say on standard error that everybody can draw the graded examples, where nobody set a seed."""
    if seed is None and course.seed_origin() == "default":
        typer.echo(
            "note: the seed of the graded examples is the course's default, which anybody can compute. "
            "Before grades count, write one into solutions/seed.txt or set GRADER_SEED.",
            err=True,
        )


def devices(wanted: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the devices to grade on: those wanted, or else those that the course names and this machine can offer.

    What it cannot is told, and costs nobody a point. Raises `UsageError` for a wanted one that is not here.
    """
    from grader.course.settings import DEVICES
    from grader.engine.sandbox.gpus import has_cuda
    from grader.records.errors import UsageError

    for name in wanted:
        if name not in DEVICES:
            raise UsageError(f"unknown device {name!r}; known are {' and '.join(DEVICES)}")
    if "cuda" in wanted and not has_cuda():
        raise UsageError(
            "this machine has no GPU for CUDA: nothing was graded",
            hint="Leave --device cuda out, or grade on a machine that has one.",
        )
    if wanted or "cuda" not in named or has_cuda():
        return wanted or named
    typer.echo("note: not graded on cuda, which course.toml names: this machine has none", err=True)
    return tuple(name for name in named if name != "cuda") or ("cpu",)


def _unused(named: tuple[str, ...], used: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a report says of devices that the course names and the grading did without."""
    return tuple(f"not graded on {name}, which course.toml names" for name in named if name not in used)


def _course_of(directory: Path) -> Path | None:
    """Return the course that an nbgrader course was made of, where none lies around here."""
    from grader.integrations.nbgrader.config import course_root

    here = Path.cwd()
    return (
        None if any((folder / "course.toml").is_file() for folder in (here, *here.parents)) else course_root(directory)
    )


def anchor(targets: Sequence[Path]) -> Path:
    """Return where the search for course.toml begins: here, or the first target when here there is none."""
    here = Path.cwd()
    if any((folder / "course.toml").is_file() for folder in (here, *here.parents)):
        return here
    return targets[0].resolve()
