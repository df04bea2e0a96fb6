"""What releases are made of: this package itself, what students may see of a course, and what grades them."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import grader
from grader.course.settings import Course
from grader.course.setup_cell import DISTRIBUTION
from grader.publishing.release import public_files
from grader.records.errors import UsageError

Files = dict[str, bytes]
"""Contents by path, `/` between parts."""

TEMPLATES = Path(__file__).parent / "templates"
PYTHON = "3.12"
"""The Python that released workflows and images install."""
GRADING = "course"
"""The extra that grading with references needs."""
_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w-]+)""")
_SKIPPED = frozenset({"__pycache__", ".grader", "equivalent.toml"})


def package_files(prefix: str = "") -> Files:
    """Return the sources of this package, so that a release is graded by the version that made it."""
    folder = Path(grader.__file__).parent
    return {f"{prefix}grader/{name}": data for name, data in _below(folder)}


def installable(prefix: str) -> Files:
    """Return this package as a folder that pip installs."""
    text = template(
        "pyproject.toml",
        distribution=DISTRIBUTION,
        version=grader.__version__,
        requirements=requirements(),
        grading=requirements(GRADING),
    )
    return package_files(prefix) | {f"{prefix}pyproject.toml": text}


def requirements(*extras: str) -> tuple[str, ...]:
    """Return what this package needs, with what some of its extras need besides.

    Raises `UsageError` when it runs from a copy of its sources, which does not tell.
    """
    try:
        declared = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise UsageError(
            f"{DISTRIBUTION} is not installed here, so what it needs is not known",
            hint="Release from an environment in which it is installed with pip.",
        ) from error
    found = []
    for line in declared:
        need, _, marker = (part.strip() for part in line.partition(";"))
        extra = _EXTRA.search(marker)
        if not need.startswith(DISTRIBUTION) and (extra is None or extra[1] in extras):
            found.append(need if extra else line)
    return tuple(sorted(found))


def requirements_file(*extras: str) -> bytes:
    """Return `requirements` as pip reads them from a file."""
    return "".join(f"{line}\n" for line in requirements(*extras)).encode()


def students_course(course: Course, name: str, prefix: str = "") -> Files:
    """Return what students get of an assignment: nothing hidden is in it."""
    return {f"{prefix}{inside}": path.read_bytes() for inside, path in public_files(course, name).items()}


def graders_course(course: Course, name: str, prefix: str) -> Files:
    """Return what grading an assignment takes, references and the term's seed included: never for students."""
    solutions = {f"{prefix}solutions/{name}/{inside}": data for inside, data in _below(course.solution_folder(name))}
    seed = {f"{prefix}solutions/seed.txt": f"{course.seed()}\n".encode()}
    return students_course(course, name, prefix) | solutions | seed


def template(name: str, **values: Any) -> bytes:
    """Return a template of ours filled in: `<<name>>` is a value, `<% ... %>` a statement."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,
    )
    return environment.get_template(f"{name}.j2").render(python=PYTHON, **values).encode()


def write_files(directory: Path, files: Mapping[str, bytes], executable: frozenset[str] = frozenset()) -> None:
    """Write files below a folder; those named executable can be run."""
    from grader.records.writing import write_atomically

    for inside, data in files.items():
        path = directory / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
        if inside in executable:
            path.chmod(0o755)


def _below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = PurePosixPath(path.relative_to(folder).as_posix())
        skipped = any(part in _SKIPPED or part.startswith(".") for part in inside.parts)
        if path.is_file() and not path.is_symlink() and not skipped and path.suffix != ".pyc":
            yield inside.as_posix(), path.read_bytes()
