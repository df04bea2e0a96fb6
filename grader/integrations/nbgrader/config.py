"""nbgrader's settings: the file that a release writes, and how any course's are read."""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.course.fast_nbformat import skip_iri_grammars
from grader.course.settings import Course, LatePolicy
from grader.integrations.nbgrader.installed import require_nbgrader
from grader.records.errors import UsageError

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

FILENAME = "nbgrader_config.py"

_TEXT = '''"""nbgrader's settings for {title}. Written once by `grader release --to nbgrader`: change what you like."""

from pathlib import Path

c = get_config()
root = Path(__file__).resolve().parent

# The course with the references, for: grader grade --nbgrader .
c.Grader.course = {root!r}

c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = {id!r}
c.Exchange.root = {exchange}

# What a student sees in the place of an answer; KeepStubs clears solutions too, and leaves stubs of ours alone.
c.ClearSolutions.code_stub = {{"python": "raise NotImplementedError"}}
c.GenerateAssignment.preprocessors = [
    "grader.integrations.nbgrader.preprocess.KeepStubs"
    if name == "ClearSolutions"
    else "nbgrader.preprocessors." + name
    for name in (
        "IncludeHeaderFooter InstantiateTests LockCells ClearSolutions ClearOutput CheckCellMetadata ComputeChecksums "
        "SaveCells ClearHiddenTests ClearMarkScheme ComputeChecksums CheckCellMetadata"
    ).split()
]

# Students may answer in the module beside the notebook: autograding must not put ours in its place.
c.Autograde.exclude_overwriting = {{path.name: [path.name + ".py"] for path in (root / "source").glob("*")}}

# Cells that a student deleted, copied or stripped of their metadata are put right before nbgrader looks at them, and
# only the test cells run in the kernel: they hand the answers to a locked-down process of their own. To run every cell
# in the kernel, which can then write into gradebook.db, put "nbgrader.preprocessors.Execute" in the second list.
c.Autograde.sanitize_preprocessors = [
    "grader.integrations.nbgrader.preprocess.MendCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "grader.integrations.nbgrader.preprocess.ExecuteTestCells",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.ExecuteTestCells.timeout = {timeout}

# What handing in late costs.
c.AssignLatePenalties.plugin_class = "grader.integrations.nbgrader.late.CourseLatePenalty"
c.CourseLatePenalty.grace_minutes = {late.grace_minutes}
c.CourseLatePenalty.percent_per_day = {late.percent_per_day}
c.CourseLatePenalty.max_percent = {late.max_percent}
'''


@dataclasses.dataclass(frozen=True)
class NbCourse:
    """An nbgrader course on disk: its settings and where its folders lie."""

    root: Path
    config: Any
    """traitlets' `Config`."""
    directory: CourseDirectory

    @property
    def id(self) -> str:
        """The course's id in the exchange and in the gradebook."""
        return str(self.directory.course_id)

    @property
    def db_url(self) -> str:
        """The gradebook's URL."""
        return str(self.directory.db_url)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Return the folder of one step (`submitted`, `autograded`, `feedback`, `release`, `source`)."""
        return Path(self.directory.format_path(getattr(self.directory, f"{step}_directory"), student, assignment))


def config_text(course: Course, exchange: Path | None) -> str:
    """Return the settings of a new nbgrader course for a course of ours."""
    place = 'str(root / "exchange")' if exchange is None else repr(str(exchange.resolve()))
    seconds = int(course.limits.seconds_per_exercise + 60)
    return _TEXT.format(
        title=course.title.replace("\\", "").replace('"', ""),
        id=course.id,
        root=str(course.root.resolve()),
        exchange=place,
        timeout=seconds,
        late=_plain(course.late),
    )


def open_nbcourse(directory: Path) -> NbCourse:
    """Read the settings of an nbgrader course as its own commands do.

    Raises `UsageError` when nbgrader is not installed, the folder is no nbgrader course, or its settings raise.
    """
    require_nbgrader()
    path = directory / FILENAME
    if not path.is_file():
        raise UsageError(
            f"{directory} is no nbgrader course: it has no {FILENAME}.",
            hint=f"Make one with: grader release --to nbgrader {directory}",
        )
    skip_iri_grammars()
    from nbgrader.coursedir import CourseDirectory

    config = _read(path)
    config.CourseDirectory.setdefault("root", str(directory.resolve()))
    quiet_logs()
    return NbCourse(Path(config.CourseDirectory.root), config, CourseDirectory(config=config))


def course_root(directory: Path) -> Path | None:
    """Return the folder of the course of which an nbgrader course was made, None when its settings do not tell."""
    if not (directory / FILENAME).is_file():
        return None
    require_nbgrader()
    root = _read(directory / FILENAME).Grader.get("course")
    return Path(root) if isinstance(root, str) and (Path(root) / "course.toml").is_file() else None


def quiet_logs() -> None:
    """Keep nbgrader's progress off the terminal; what it says of a failure is in our own messages."""
    for name in ("traitlets", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _read(path: Path) -> Any:
    from traitlets.config.loader import PyFileConfigLoader

    try:
        return PyFileConfigLoader(path.name, path=str(path.parent.resolve())).load_config()
    except Exception as error:  # whatever an instructor's Python raises is told, with the file
        raise UsageError(f"{path} raises {type(error).__name__}: {error}") from error


def _plain(late: LatePolicy) -> LatePolicy:
    return dataclasses.replace(late, percent_per_day=float(late.percent_per_day), max_percent=float(late.max_percent))
