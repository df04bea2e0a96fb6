"""The first files of a new assignment: one exercise that works, for its author to replace."""

from __future__ import annotations

import keyword
import sys
from pathlib import Path

from grader.course.schema import NAME
from grader.course.settings import FILENAME, Course, load_course
from grader.records.errors import AuthorError, GraderError, UsageError

_CHECKS = '''"""Checks of the assignment {name}."""

from typing import Any

from grader.authoring import exercise, tensors


@exercise(points=1, hints=["Which dimension disappears from the shape?", "That one is the `dim` of the mean."])
def row_means(submission: Any, x: Any = tensors("r c")) -> Any:
    return submission.row_means(x)
'''

_SOURCE = '''{prose}# %%
import torch
from torch import Tensor

{task}

# %% exercise="row_means"
def row_means(x: Tensor) -> Tensor:
    """Return the mean of each row of x (r, c), of shape (r,)."""
    ### BEGIN SOLUTION
    return torch.mean(x, dim=1)
    ### END SOLUTION
'''

_MISTAKES = '''"""Typical wrong answers to the assignment {name}, each with what to say to the student."""

import torch
from torch import Tensor

from grader.authoring import mistake


@mistake("{name}.row_means")
def means_of_the_columns(x: Tensor) -> Tensor:
    """{columns}"""
    return torch.mean(x, dim=0)


@mistake("{name}.row_means")
def one_mean_of_everything(x: Tensor) -> Tensor:
    """Without `dim` the mean runs over the whole tensor: name the dimension that shall disappear."""
    return torch.mean(x)
'''

_COLUMNS = "This averages down each column: the dimension that disappears is the one you name, and columns are dim 1."

_TEXTS = {
    "ko": (
        {
            "Which dimension disappears from the shape?": "모양에서 어떤 차원이 사라지나요?",
            "That one is the `dim` of the mean.": "그 차원이 평균의 `dim`이에요.",
        },
        {
            _COLUMNS: "열마다 평균을 냈어요. `dim`에는 사라질 차원을 적으세요. 여기서는 dim 1이에요.",
            "Without `dim` the mean runs over the whole tensor: name the dimension that shall disappear.": (
                "`dim`이 없으면 텐서 전체의 평균을 구해요. 사라져야 할 차원을 적으세요."
            ),
        },
    ),
}
"""The texts of checks and mistakes in further languages; a course in others begins with the English ones."""

_PROSE = {
    "en": ("# {title}\n\nWhat this assignment is about.", "## `row_means(x)`\nThe mean of each row."),
    "ko": ("# {title}\n\n이 과제에서 배우는 것을 적습니다.", "## `row_means(x)`\n각 행의 평균을 구합니다."),
}


def scaffold(course: Course, name: str, title: str) -> list[Path]:
    """Write a new assignment's source, checks and mistakes, enter it in course.toml, and return what was written.

    Raises `UsageError` when the name cannot be a module's or is taken; then nothing was written.
    """
    _check_name(course, name)
    files = _files(course, name, title)
    entry = _enter(course, name, title)
    return [*_write(files), entry]


def write_assignment(course: Course, name: str, title: str) -> list[Path]:
    """Write the first files of an assignment that course.toml has already, and return what was written."""
    return _write(_files(course, name, title))


def _write(files: dict[Path, str]) -> list[Path]:
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [*files]


def _files(course: Course, name: str, title: str) -> dict[Path, str]:
    if not title.isprintable():
        raise UsageError(f"{title!r} cannot be a title: it must be one line of printable text.")
    files = {
        course.assignment_folder(name) / "checks.py": _CHECKS.format(name=name),
        course.solution_folder(name) / f"{name}.py": _source(course, title),
        course.solution_folder(name) / "mistakes.py": _MISTAKES.format(name=name, columns=_COLUMNS),
    }
    for code in course.languages[1:]:
        hints, mistakes = _TEXTS.get(code, _TEXTS["ko"])
        same = code not in _TEXTS
        files[course.assignment_folder(name) / f"{code}.toml"] = _table(hints, same)
        files[course.solution_folder(name) / f"{code}.toml"] = _table(mistakes, same)
    taken = [path for path in files if path.exists()]
    if taken:
        raise UsageError(f"{taken[0].relative_to(course.root)} exists already.", hint="Choose another name.")
    return files


def _table(texts: dict[str, str], same: bool) -> str:
    """Return translations as TOML; with `same` each text stands for itself, for the author to replace."""
    return "".join(f'"{text}" = "{text if same else other}"\n' for text, other in texts.items())


def check_word(name: str) -> None:
    """Raise `UsageError` for a name that no assignment of any course can have."""
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise UsageError(
            f"{name!r} cannot name an assignment: it is a folder and a Python module at once.",
            hint="Use letters, digits and _, such as tensor_basics.",
        )
    if name in sys.stdlib_module_names or name in {"torch", "torchvision", "numpy", "grader"}:
        raise UsageError(
            f"{name!r} is the name of a library: a student's {name}.py would be imported in its place.",
            hint=f"Use another name, such as {name}_basics.",
        )


def _check_name(course: Course, name: str) -> None:
    check_word(name)
    if name in course.names:
        raise UsageError(f"The course has an assignment {name!r} already.", hint="Choose another name.")


def _source(course: Course, title: str) -> str:
    prose, tasks = [], []
    for language in course.languages:
        about, task = _PROSE.get(language, _PROSE["en"])
        prose.append(_cell(language, about.format(title=title)))
        tasks.append(_cell(language, task))
    return _SOURCE.format(prose="".join(prose), task="".join(tasks))


def _cell(language: str, text: str) -> str:
    lines = "\n".join(f"# {line}".rstrip() for line in text.split("\n"))
    return f'# %% [markdown] lang="{language}"\n{lines}\n'


def quoted(title: str) -> str:
    """Return a text as it stands between the quotes of a TOML string.

    >>> print(quoted('Say "it"'))
    Say \\"it\\"
    """
    return title.replace("\\", "\\\\").replace('"', '\\"')


def _enter(course: Course, name: str, title: str) -> Path:
    """Append the assignment to course.toml; a file that would not load afterwards is left as it was."""
    path = course.root / FILENAME
    before = path.read_text(encoding="utf-8")
    path.write_text(
        f'{before.rstrip()}\n\n[[assignments]]\nname = "{name}"\ntitle = "{quoted(title)}"\npoints = 1\n',
        encoding="utf-8",
    )
    try:
        load_course(course.root)
    except GraderError as error:
        path.write_text(before, encoding="utf-8")
        raise AuthorError(
            f"{FILENAME} cannot take another entry: {error.message}", hint="Write its assignments as [[assignments]]."
        ) from error
    return path
