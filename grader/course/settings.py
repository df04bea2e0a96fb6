"""`course.toml`: what the course is, which assignments it has, and within what limits answers run."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import os
import re
import tomllib
from pathlib import Path
from typing import Any, Literal, get_args

from grader.course.schema import Table
from grader.records.errors import AuthorError, UsageError
from grader.records.text.language import settle
from grader.records.text.nearest import did_you_mean
from grader.records.text.saying import say

FILENAME = "course.toml"
FORMAT = 1
DEVICES = ("cpu", "cuda")
SEED_VARIABLE = "GRADER_SEED"

RELEASED_AT = re.compile(r"(?:https|ssh|file)://[^\s'\"\\{}$]+")
"""Where a released folder may be fetched from: an address that stands in a line of a notebook, and nothing more."""

Counts = Literal["last", "best"]
"""Which of a student's attempts at an assignment counts: the last one, or the one with most points after lateness."""

Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]
"""When Gradescope shows a result to students."""

SeedOrigin = Literal["environment", "file", "default"]


@dataclasses.dataclass(frozen=True)
class ExampleCounts:
    """How many examples of each probe are drawn."""

    public: int = 30
    """Frozen into `examples.bin`, for the students' own checks."""
    graded: int = 100
    """Drawn from the secret seed, for grading."""


@dataclasses.dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    seconds_to_load: float = 10.0
    """For what the file itself runs; a statement that goes on longer is left out."""
    seconds_per_example: float = 2.0
    seconds_per_exercise: float = 20.0
    memory_mb: int = 1024
    """Beyond what the warm process already holds."""
    gpu_memory_mb: int = 2048
    """Of a GPU, for tensors, where answers run on one; as many are graded at a time as fit."""
    output_kb: int = 4
    """What a submission prints, for each example; the rest is dropped."""


@dataclasses.dataclass(frozen=True)
class LatePolicy:
    """What handing in late costs."""

    grace_minutes: int = 0
    percent_per_day: float = 0.0
    """Of the points earned, for each day begun after the grace period."""
    max_percent: float = 100.0
    free_days: int = 0
    """Days that each student may be late in all without a penalty; those of the earliest due dates are used first."""


@dataclasses.dataclass(frozen=True)
class GradePolicy:
    """How assignments make the grade of the course."""

    drop_lowest: int = 0
    """How many of a student's assignments, those with the lowest share of their points, do not count."""
    counts: Counts = "last"


@dataclasses.dataclass(frozen=True)
class Release:
    """Where students find what was released."""

    url: str = ""
    """A zip file of the released folder, or a git repository: a notebook that lies alone fetches it; "" for nowhere."""


@dataclasses.dataclass(frozen=True)
class Gradescope:
    """What Gradescope is told."""

    visibility: Visibility = "visible"
    """When students see their results."""


@dataclasses.dataclass(frozen=True)
class Assignment:
    """One assignment as `course.toml` lists it."""

    name: str
    title: str
    points: float
    """What its exercises add up to, as `grader build` writes it; 0 before."""
    due: datetime.datetime | None = None
    minutes: int = 0
    """How long a student should expect to need; 0 where the course does not say."""
    after: tuple[str, ...] = ()
    """The assignments that it builds on."""
    weight: float | None = None
    """How much it counts in the grade of the course; its points unless given."""


@dataclasses.dataclass(frozen=True)
class Course:
    """A course: its settings, and where its files lie."""

    root: Path
    id: str
    title: str
    languages: tuple[str, ...]
    """Those of its texts; the first is the one that hints and mistakes are written in."""
    devices: tuple[str, ...]
    examples: ExampleCounts
    limits: Limits
    late: LatePolicy
    assignments: tuple[Assignment, ...]
    gradescope: Gradescope = dataclasses.field(default_factory=Gradescope)
    grade: GradePolicy = dataclasses.field(default_factory=GradePolicy)
    release: Release = dataclasses.field(default_factory=Release)
    language: str = ""
    """That of messages where nobody asks for another; "" leaves it to the machine's locale."""

    @property
    def names(self) -> tuple[str, ...]:
        """The assignments' names, in the course's order."""
        return tuple(assignment.name for assignment in self.assignments)

    @property
    def has_solutions(self) -> bool:
        """Whether this checkout holds the references (a student's does not)."""
        return (self.root / "solutions").is_dir()

    def assignment(self, name: str) -> Assignment:
        """Return an assignment by name; raises `UsageError`, with the nearest name, when there is none."""
        for assignment in self.assignments:
            if assignment.name == name:
                return assignment
        raise UsageError(say("The course has no assignment {name!r}.", name=name), hint=did_you_mean(name, self.names))

    def assignment_folder(self, name: str) -> Path:
        """Return the folder of what students may see of an assignment."""
        return self.root / "assignments" / name

    def solution_folder(self, name: str) -> Path:
        """Return the folder of an assignment's reference, mistakes and hidden probes."""
        return self.root / "solutions" / name

    def seed(self) -> str:
        """Return the term's secret seed, from which graded examples are drawn.

        It is the environment's GRADER_SEED, else the text of `solutions/seed.txt`, else made from the course's
        id: then anybody can draw the same examples. Raises `AuthorError` when the file cannot be read or is blank.
        """
        return self._seed_and_origin()[0]

    def seed_origin(self) -> SeedOrigin:
        """Return where `seed` comes from; "default" is no secret."""
        return self._seed_and_origin()[1]

    def _seed_and_origin(self) -> tuple[str, SeedOrigin]:
        from_environment = os.environ.get(SEED_VARIABLE, "").strip()
        if from_environment:
            return from_environment, "environment"
        path = self.root / "solutions" / "seed.txt"
        if path.is_file():
            return _read_seed(path), "file"
        return hashlib.sha256(f"grader seed of {self.id}".encode()).hexdigest()[:16], "default"


def speak_for(course: Course) -> None:
    """Speak, from here on, the language that was asked for, else the course's own, else that of the machine."""
    settle(course.language or None, course.languages)


def find_course(start: Path) -> Path:
    """Return the nearest folder, from `start` upwards, that holds a course.toml; raises `UsageError` when none does."""
    resolved = start.resolve()
    for folder in (resolved, *resolved.parents):
        if (folder / FILENAME).is_file():
            return folder
    raise UsageError(
        say("There is no {file} in {folder} or in any folder above it.", file=FILENAME, folder=resolved),
        hint=say("Run this inside a course, or name its folder with --course."),
    )


def load_course(root: Path) -> Course:
    """Read and check a course's course.toml.

    Raises `UsageError` when there is no such file and `AuthorError` when it is broken: every problem of the
    file is listed at once, with its key path, what was expected and what came.
    """
    values = _read_toml(root / FILENAME)
    problems: list[str] = []
    table = Table(values, "", problems)
    version = table.whole("format", None, 1, 1_000_000)
    if version > FORMAT:
        problems.append(f"format: this grader reads format {FORMAT}, not {version}; install a newer grader")
    course = Course(
        root=root.resolve(),
        id=table.text("id", name=True),
        title=table.text("title"),
        languages=table.words("languages", ("en",)),
        devices=table.words("devices", ("cpu",), known=DEVICES),
        examples=_examples(table.table("examples")),
        limits=_limits(table.table("limits")),
        late=_late(table.table("late")),
        assignments=_assignments(table.tables("assignments")),
        gradescope=_gradescope(table.table("gradescope")),
        grade=_grade(table.table("grade")),
        release=_release(table.table("release")),
        language=table.text("language", "-").removeprefix("-"),
    )
    if course.language and course.language not in course.languages:
        table.note("language", f"{course.language!r} is none of the languages: {', '.join(course.languages)}")
    table.close()
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise AuthorError(f"{root / FILENAME} has {count}:\n{listed}")
    return course


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"There is no {FILENAME} in {path.parent}.", hint="A course's folder has one.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise AuthorError(f"{path} is not UTF-8: byte {error.start} is {error.object[error.start]:#04x}.") from error
    except tomllib.TOMLDecodeError as error:
        raise AuthorError(f"{path} is not TOML: {error}.") from error


def _examples(table: Table) -> ExampleCounts:
    default = ExampleCounts()
    counts = ExampleCounts(
        public=table.whole("public", default.public, 1, 10_000),
        graded=table.whole("graded", default.graded, 1, 10_000),
    )
    table.close()
    return counts


def _limits(table: Table) -> Limits:
    default = Limits()
    limits = Limits(
        seconds_to_load=table.number("seconds_to_load", default.seconds_to_load, 0.01, 3600),
        seconds_per_example=table.number("seconds_per_example", default.seconds_per_example, 0.01, 3600),
        seconds_per_exercise=table.number("seconds_per_exercise", default.seconds_per_exercise, 0.01, 86_400),
        memory_mb=table.whole("memory_mb", default.memory_mb, 64, 1 << 20),
        gpu_memory_mb=table.whole("gpu_memory_mb", default.gpu_memory_mb, 64, 1 << 20),
        output_kb=table.whole("output_kb", default.output_kb, 1, 16_384),
    )
    if limits.seconds_per_exercise < limits.seconds_per_example:
        table.note("seconds_per_exercise", "must not be less than seconds_per_example")
    table.close()
    return limits


def _late(table: Table) -> LatePolicy:
    default = LatePolicy()
    policy = LatePolicy(
        grace_minutes=table.whole("grace_minutes", default.grace_minutes, 0, 525_600),
        percent_per_day=table.number("percent_per_day", default.percent_per_day, 0, 100),
        max_percent=table.number("max_percent", default.max_percent, 0, 100),
        free_days=table.whole("free_days", default.free_days, 0, 1000),
    )
    table.close()
    return policy


def _grade(table: Table) -> GradePolicy:
    drop = table.whole("drop_lowest", 0, 0, 1000)
    word = table.text("counts", GradePolicy.counts)
    found = next((known for known in get_args(Counts) if known == word), None)
    if found is None:
        table.note("counts", f"{word!r} is not known. {did_you_mean(word, get_args(Counts))}")
    table.close()
    return GradePolicy(drop, found or GradePolicy.counts)


def _release(table: Table) -> Release:
    url = table.text("url", "-").removeprefix("-")
    if url and not RELEASED_AT.fullmatch(url):
        table.note("url", f"must be https://... of a zip file or a git repository, without blanks, not {url!r}")
    table.close()
    return Release(url)


def _gradescope(table: Table) -> Gradescope:
    word = table.text("visibility", Gradescope.visibility)
    found = next((known for known in get_args(Visibility) if known == word), None)
    if found is None:
        table.note("visibility", f"{word!r} is not known. {did_you_mean(word, get_args(Visibility))}")
    table.close()
    return Gradescope(found or Gradescope.visibility)


def _assignments(tables: list[Table]) -> tuple[Assignment, ...]:
    found: list[Assignment] = []
    for table in tables:
        name = table.text("name", name=True)
        if name and any(assignment.name == name for assignment in found):
            table.note("name", f"another assignment is called {name!r} already")
        title = table.text("title", name or None)
        points = table.number("points", 0.0, 0, 1_000_000)
        minutes = table.whole("minutes", 0, 0, 10_000)
        after = table.words("after", ("",), ("", *(one.name for one in found)))
        weight = table.number("weight", points, 0, 1_000_000)
        due = table.moment("due")
        builds_on = tuple(filter(None, after))
        found.append(Assignment(name, title, points, due, minutes, builds_on, weight))
        table.close()
    return tuple(found)


def _read_seed(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AuthorError(f"The seed in {path} cannot be read: {error}.") from error
    kept = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not kept:
        raise AuthorError(f"{path} holds no seed.", hint="Write any line of random letters and digits into it.")
    return kept[0]
