"""Generates what students get from what authors write: stub, notebook, frozen public examples, sealed mistakes."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path

from grader.course.annotated import Annotated, leaks, read_annotated, stub_text
from grader.course.loading import CHECKS
from grader.course.notebooks import notebook_text
from grader.course.outline import outline
from grader.course.settings import Course
from grader.records.errors import AuthorError
from grader.records.text.language import ENGLISH
from grader.records.writing import replace_file


@dataclasses.dataclass(frozen=True)
class Generated:
    """A file as `grader build` writes it."""

    path: Path
    content: bytes

    def is_fresh(self) -> bool:
        """Say whether the file lies there with this very content."""
        return self.path.is_file() and self.path.read_bytes() == self.content


def generate(course: Course, assignment: str) -> tuple[Generated, ...]:
    """Return an assignment's stub and notebook; the same source gives the same bytes.

    Raises `AuthorError` when the annotated source is broken or a line of a solution would reach students.
    """
    annotated = read_annotated(course.solution_folder(assignment) / f"{assignment}.py").in_languages(course.languages)
    language = course.languages[0] if len(course.languages) == 1 else ENGLISH
    folder = course.assignment_folder(assignment)
    files = {
        f"{assignment}.py": stub_text(annotated, language),
        f"{assignment}.ipynb": notebook_text(annotated, _names(course, assignment), language, course.release.url),
    }
    found = leak_problems(annotated, course, files)
    if found:
        listed = "\n".join(f"  {problem}" for problem in found)
        raise AuthorError(
            f"Lines of the solutions of {assignment} would reach students:\n{listed}",
            hint="Say it in other words there, or put it between BEGIN SOLUTION and END SOLUTION.",
        )
    return tuple(Generated(folder / name, text.encode()) for name, text in files.items())


def _names(course: Course, assignment: str) -> dict[str, tuple[str, ...]]:
    """Return what an answer to each exercise must define; nothing where there are no checks yet."""
    from grader.judging.schedule import cache_directory

    if not (course.assignment_folder(assignment) / CHECKS).is_file():
        return {}
    found = outline(course, assignment, cache_directory(course.root))
    return {one.id.partition(".")[2]: one.names for one in found}


def leak_problems(annotated: Annotated, course: Course, files: dict[str, str]) -> list[str]:
    """Return, as `file: line`, the solution lines in generated files and in an assignment's checks.py."""
    texts = dict(files)
    # the notebook's JSON escapes quotes and breaks lines: search its cells
    texts[f"{annotated.assignment}.ipynb"] = "\n".join(cell.stub for cell in annotated.cells)
    problems = [f"{name}: {line}" for name, text in texts.items() for line in leaks(annotated, text)]
    checks = course.assignment_folder(annotated.assignment) / "checks.py"
    if checks.is_file():
        text = checks.read_text(encoding="utf-8", errors="replace")  # a hint in it may say a line on purpose
        problems += [f"checks.py: {line}" for line in leaks(annotated, text, whole_lines=True)]
    return problems


def write_files(course: Course, assignment: str) -> list[Path]:
    """Write an assignment's stub and notebook where they differ, and return what was written."""
    written = []
    for file in generate(course, assignment):
        if not file.is_fresh():
            file.path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file.path, file.content)
            written.append(file.path)
    return written


def stale_files(course: Course, assignment: str) -> list[tuple[str, str]]:
    """Return (path, why) of each generated file that is not what `grader build` would write now."""
    stale = []
    for file in generate(course, assignment):
        if not file.path.exists():
            stale.append((_relative(course, file.path), "is missing"))
        elif not file.is_fresh():
            stale.append((_relative(course, file.path), "is not what its source gives now"))
    return stale + _stale_frozen(course, assignment, _Digests(course, assignment))


def write_examples(course: Course, assignment: str) -> list[Path]:
    """Write what is stale of an assignment's public examples and sealed mistakes, and return the paths of the files.

    The examples are drawn and the reference is observed on them; the mistakes are sealed with what they do on them.
    """
    from grader.judging.examples.public import encode_public, freeze, public_path, public_seed
    from grader.judging.schedule import Options, open_graders  # torch and the sandbox: only this needs them
    from grader.judging.sealed import encode_sealed, sealed_path
    from grader.publishing.seal import seal

    digests = _Digests(course, assignment)
    stale = [path for path, _ in _stale_frozen(course, assignment, digests)]
    paths = public_path(course.root, assignment), sealed_path(course.root, assignment)
    examples, mistakes = (_relative(course, path) in stale for path in paths)
    if not stale:
        return []
    of_examples, of_mistakes = digests.examples, digests.mistakes  # before anything is loaded: see `_Digests`
    options = Options(
        examples=course.examples.public, seed=public_seed(course, assignment), shrink_seconds=0.0, hidden=False
    )
    with open_graders(course, [assignment], options) as graders:
        suite = graders.suites[assignment]
        contents = (
            encode_public(freeze(assignment, suite, of_examples)) if examples else None,
            encode_sealed(seal(course, assignment, suite, of_mistakes, of_examples))
            if mistakes and suite.mistakes is not None
            else None,
        )
    written = []
    for path, content in zip(paths, contents, strict=True):
        if content is not None:
            replace_file(path, content)
            written.append(path)
    return written


class _Digests:
    """Of what an assignment's public examples and sealed mistakes are made from, each taken once.

    And taken before it is loaded: what changes while files are made leaves them stale, and not falsely fresh.
    """

    def __init__(self, course: Course, assignment: str) -> None:
        self._course, self._assignment = course, assignment

    @functools.cached_property
    def examples(self) -> str:
        from grader.judging.examples.public import source_digest

        return source_digest(self._course, self._assignment)

    @functools.cached_property
    def mistakes(self) -> str:
        from grader.judging.sealed import mistakes_digest

        return mistakes_digest(self._course, self._assignment, self.examples)


def _stale_frozen(course: Course, assignment: str, digests: _Digests) -> list[tuple[str, str]]:
    """Return (path, why) of the public examples and the sealed mistakes, where they are not what they should be."""
    from grader.judging.examples.public import public_path, read_public
    from grader.judging.sealed import read_sealed, sealed_path

    stale = []
    path = public_path(course.root, assignment)
    if not path.is_file():
        stale.append((_relative(course, path), "is missing"))
    elif read_public(course.root, assignment).digest != digests.examples:
        stale.append((_relative(course, path), "was made from another checks.py or reference"))
    path = sealed_path(course.root, assignment)
    if not (course.solution_folder(assignment) / "mistakes.py").is_file():
        return [*stale, (_relative(course, path), "belongs to no mistakes.py: delete it")] if path.is_file() else stale
    sealed = read_sealed(course.root, assignment)
    if sealed is None:
        stale.append((_relative(course, path), "is missing"))
    elif sealed.digest != digests.mistakes:
        stale.append((_relative(course, path), "was made from another checks.py, reference or mistakes.py"))
    return stale


def _relative(course: Course, path: Path) -> str:
    return path.relative_to(course.root).as_posix()
