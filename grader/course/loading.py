"""Executes the authors' files and returns what they declare: exercises, further probes, mistakes, alternatives.

An author's file runs under a module name of its own, so two files never share state, and its errors come back as
`AuthorError` with the file, the line and the author's own frames. Used in the judge and in the zygote alike.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import itertools
import math
import re
import sys
import traceback
import types
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from grader.authoring.call_form import take_names
from grader.authoring.exercises import Alternative, Exercise, Further, Mistake, Probe
from grader.course.alternatives import as_answer
from grader.course.eager import without_compiler
from grader.course.translations import in_language, mistakes_in_language
from grader.records.errors import AuthorError
from grader.records.text.nearest import did_you_mean
from grader.records.text.places import short_path

CHECKS, HIDDEN, MISTAKES, ALTERNATIVES = "checks.py", "hidden.py", "mistakes.py", "alternatives.py"

_serial = itertools.count()


def load_exercises(course_root: Path, assignment: str, hidden: bool = False) -> list[Exercise]:
    """Return an assignment's exercises in the order of its checks.py, with ids; `hidden` adds the hidden probes.

    Hints and laws are in the language in force, where the assignment has them so.
    Raises `AuthorError` when a file is missing, raises, or declares something twice or wrongly.
    """
    exercises = exercises_of(assignment, course_root / "assignments" / assignment / CHECKS)
    path = course_root / "solutions" / assignment / HIDDEN
    if hidden and path.is_file():
        by_name = {exercise.name: exercise for exercise in exercises}
        for name, probe in further_probes_of(assignment, path):
            if name not in by_name:
                raise AuthorError(
                    f"{short_path(path)}: a further probe of {name!r}, but {CHECKS} has no such exercise.",
                    hint=did_you_mean(name, by_name),
                )
            by_name[name].probes.append(probe)
        for exercise in exercises:
            _refuse_twins((probe.name for probe in exercise.probes), f"{exercise.id} has two probes called", path)
    folders = [course_root / part / assignment for part in ("assignments", *(("solutions",) if hidden else ()))]
    return in_language(exercises, folders)


def load_mistakes(course_root: Path, assignment: str) -> list[Mistake]:
    """Return the mistakes of an assignment in the order of its mistakes.py; none when there is no such file.

    Raises `AuthorError` when the file raises, names one twice, or speaks of another assignment's exercise.
    """
    path = course_root / "solutions" / assignment / MISTAKES
    _, found = _declared(assignment, path, Mistake, "the mistake")
    return mistakes_in_language(found, path.parent)


def load_alternatives(course_root: Path, assignment: str) -> list[tuple[Alternative, str]]:
    """Return the right answers in other styles of an assignment's alternatives.py, each with its code as an answer's.

    Raises `AuthorError` when the file raises, names one twice, or speaks of another assignment's exercise.
    """
    path = course_root / "solutions" / assignment / ALTERNATIVES
    tree, found = _declared(assignment, path, Alternative, "the alternative")
    return [(one, as_answer(tree, one, found)) for one in found]


def _declared(assignment: str, path: Path, kind: type, called: str) -> tuple[ast.Module, list[Any]]:
    """Return a file's tree and what it declares for exercises of its assignment; nothing where there is no file."""
    if not path.is_file():
        return ast.Module([], []), []
    tree, module = _execute(assignment, path)
    found = _members(module, kind)
    _refuse_redefinitions(tree, path, {one.name for one in found})
    for one in found:
        _refuse_another(assignment, path, f"{called} {one.name}", one.exercise)
    return tree, found


def load_probes(assignment: str, path: Path) -> list[Probe]:
    """Return the probes of one checks.py or hidden.py, with ids: what a runner needs to know of it."""
    if path.name == HIDDEN:
        return [probe for _, probe in further_probes_of(assignment, path)]
    return [probe for exercise in exercises_of(assignment, path) for probe in exercise.probes]


def exercises_of(assignment: str, path: Path) -> list[Exercise]:
    """Execute a checks.py and return its exercises in the order of definition, with ids."""
    tree, module = _execute(assignment, path)
    take_names(vars(module))
    exercises = _members(module, Exercise)
    if not exercises:
        raise AuthorError(
            f"{short_path(path)} declares no exercise.",
            hint="Put @exercise(points=...) from grader.authoring above a probe.",
        )
    for exercise in exercises:
        if not math.isfinite(exercise.points):
            raise AuthorError(
                f"{short_path(path)}: {exercise.name} is worth {exercise.points} points; it must be a number."
            )
        exercise.id = f"{assignment}.{exercise.name}"
        for probe in exercise.probes:
            probe.id, probe.scope = f"{exercise.id}/{probe.name}", vars(module)
        _refuse_twins((probe.name for probe in exercise.probes), f"{exercise.id} has two probes called", path)
    _refuse_twins((exercise.name for exercise in exercises), "there are two exercises called", path)
    probes = {probe.name for exercise in exercises for probe in exercise.probes} - {"_"}
    replacing = {probe.name for probe in _members(module, Probe)} - {"_"}
    _refuse_redefinitions(tree, path, probes | replacing | {exercise.name for exercise in exercises})
    return exercises


def further_probes_of(assignment: str, path: Path) -> list[tuple[str, Probe]]:
    """Execute a hidden.py and return (exercise name, probe) pairs in the order of definition, with ids."""
    tree, module = _execute(assignment, path)
    found = [(further.exercise, further.probe) for further in _members(module, Further)]
    if not found:
        raise AuthorError(
            f"{short_path(path)} declares no further probe.",
            hint='Put @further("<exercise>") from grader.authoring above a probe, or delete the file.',
        )
    for name, probe in found:
        probe.id, probe.scope = f"{assignment}.{name}/{probe.name}", vars(module)
    _refuse_redefinitions(tree, path, {probe.name for _, probe in found})
    return found


def _members(module: types.ModuleType, kind: type) -> list[Any]:
    """Return a module's objects of a kind in the order of definition, each once."""
    found = {id(value): value for value in vars(module).values() if isinstance(value, kind)}
    return list(found.values())


def _refuse_another(assignment: str, path: Path, what: str, exercise: str) -> None:
    if not exercise.startswith(f"{assignment}."):
        raise AuthorError(
            f'{short_path(path)}: {what} is of the exercise "{exercise}".',
            hint=f'Exercises of this assignment are written "{assignment}.<name>".',
        )


def _refuse_twins(names: Iterable[str], complaint: str, path: Path) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise AuthorError(f"{short_path(path)}: {complaint} {name!r}; each needs a name of its own.")


def _refuse_redefinitions(tree: ast.Module, path: Path, names: set[str]) -> None:
    """A second `def` or `call` of a name silently replaces what the first declared: refuse it."""
    lines: dict[str, int] = {}
    for node in tree.body:
        for name in names.intersection(_declared_by(node)):
            if name in lines:
                raise AuthorError(
                    f"{short_path(path)}:{node.lineno}: {name!r} is defined again and replaces line {lines[name]}.",
                    hint="Give one of the two another name.",
                )
            lines[name] = node.lineno


def _declared_by(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _execute(assignment: str, path: Path) -> tuple[ast.Module, types.ModuleType]:
    """Run an author's file as a module of its own and return its syntax tree and the module."""
    source = _read(path)
    module = types.ModuleType(f"grader_course_{assignment}_{path.stem}_{next(_serial)}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # dataclasses and typing look a class's module up there
    try:
        tree = ast.parse(source, filename=str(path))
        with without_compiler() if b"torchvision" in source else contextlib.nullcontext():
            exec(compile(tree, str(path), "exec"), vars(module))
    except SyntaxError as error:
        del sys.modules[module.__name__]
        raise AuthorError(_syntax_message(path, error)) from error
    except (Exception, SystemExit) as error:
        del sys.modules[module.__name__]
        message, hint = _raised_message(path, error)
        raise AuthorError(message, hint=hint) from error
    return tree, module


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise AuthorError(
            f"{short_path(path)} is missing.", hint="An assignment needs it: `grader new <name>` writes a first one."
        ) from error
    except OSError as error:
        raise AuthorError(f"{short_path(path)} cannot be read: {error.strerror}.") from error


def _syntax_message(path: Path, error: SyntaxError) -> str:
    if error.filename != str(path):
        return f"{short_path(path)}: {error.msg} (in {error.filename}, line {error.lineno})"
    lines = [f"{short_path(path)}:{error.lineno}: {type(error).__name__}: {error.msg}"]
    if error.text:
        text = error.text.rstrip("\n")
        lines.append(f"    {text.lstrip()}")
        lines.append(" " * (4 + max(0, (error.offset or 1) - 1 - (len(text) - len(text.lstrip())))) + "^")
    return "\n".join(lines)


def _raised_message(path: Path, error: BaseException) -> tuple[str, str | None]:
    """Say what an author's file raised, where, and through which of its own lines; hints of ours are kept."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    place = f"{short_path(path)}:{frames[-1].lineno}" if frames else short_path(path)
    ours = error if isinstance(error, AuthorError) else None
    what = ours.message if ours else f"{type(error).__name__}: {error}"
    lines = [f"{place}: {what}"]
    lines += [f"    line {frame.lineno}, in {frame.name}: {frame.line}" for frame in frames]
    return "\n".join(lines), ours.hint if ours else _known_options(error)


def _known_options(error: BaseException) -> str | None:
    """Return which options a function of the vocabulary takes, where an unknown one is what it complains of."""
    found = re.match(r"(\w+)\(\) got an unexpected keyword argument", str(error))
    function = getattr(sys.modules["grader.authoring"], found[1], None) if found else None
    if function is None:
        return None
    options = [name for name, one in inspect.signature(function).parameters.items() if one.kind is not one.VAR_KEYWORD]
    return f"{found[1]} takes {', '.join(options)}." if found else None
