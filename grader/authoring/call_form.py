"""An exercise in one line: a function called with drawn arguments, and what all exercises of a file share."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from grader.authoring.declarations import POLICY, exercise, make_probe, space
from grader.authoring.exercises import Exercise
from grader.records.errors import AuthorError
from grader.records.text.nearest import nearest

_OPTIONS = (
    {
        parameter.name
        for function in (exercise, make_probe)
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY
    }
    | POLICY
    | {"points"}
)
"""What `call` takes for itself: every other keyword is an argument of the function."""


class Call:
    """A probe that calls the submission's function of the exercise's name with the arguments, in their order."""

    def __init__(self, arguments: tuple[str, ...], function: str = "") -> None:
        self.arguments = arguments
        self.function = function
        self.__name__ = function or "call"

    def __call__(self, submission: Any, **drawn: Any) -> Any:
        """Return what the submission's function returns."""
        return getattr(submission, self.function)(*(drawn[name] for name in self.arguments))


def call(*, points: float, dtype: object = "floating", **given: Any) -> Exercise:
    """Declare an exercise whose function is called with the arguments and compared with the reference's.

    The exercise has the name that it is assigned to. An argument is an input space, or a shape, which stands for
    `tensors(shape, dtype)`. Options are those of `exercise`; an argument that is called like one takes the form of
    a decorated function.

    >>> outer = call(a="i", b="j", points=1, hints="Which shapes broadcast to (i, j)?")
    >>> list(outer.probes[0].arguments), outer.points
    (['a', 'b'], 1.0)
    """
    return _make({"points": points, "dtype": dtype, **given})


@dataclasses.dataclass(frozen=True)
class Defaults:
    """See `defaults`."""

    options: Mapping[str, Any]

    def call(self, **given: Any) -> Exercise:
        """Declare an exercise as `grader.authoring.call` does, with these options unless it is given others."""
        return _make({**self.options, **given})

    def exercise(self, **given: Any) -> Callable[[Callable[..., Any]], Exercise]:
        """Declare an exercise as `grader.authoring.exercise` does, with these options unless it is given others."""
        return exercise(**_with_points({**self.options, **given}))


def defaults(**options: Any) -> Defaults:
    """What the exercises of a file have in common: `call` and `exercise` with options of their own.

    `dtype` is that of arguments that are given as shapes.

    >>> puzzle = defaults(points=1, dtype="int64")
    >>> ones, outer = puzzle.call(x="n"), puzzle.call(a="i", b="j", points=2)
    >>> ones.points, outer.points, outer.probes[0].arguments["a"].dtype
    (1.0, 2.0, 'int64')
    """
    unknown = sorted(set(options) - _OPTIONS)
    if unknown:
        known = ", ".join(sorted(_OPTIONS - {"hidden"}))
        raise AuthorError(f"defaults: unknown option {unknown[0]!r}; known are {known}")
    return Defaults(options)


def _make(given: Mapping[str, Any]) -> Exercise:
    options = {name: value for name, value in given.items() if name in _OPTIONS}
    for name, value in options.items():
        if hasattr(value, "draw"):
            raise AuthorError(
                f"call: {name!r} is an option, so it cannot be an argument too",
                hint="Write a function below @exercise(...), with this argument as its parameter.",
            )
    _no_slip_of_an_option({name: value for name, value in given.items() if name not in options})
    dtype = options.get("dtype", "floating")
    spaces = {name: space(value, name, dtype) for name, value in given.items() if name not in options}
    run: Any = Call(tuple(spaces))
    run.__signature__ = inspect.Signature(
        [inspect.Parameter("submission", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        + [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=value) for name, value in spaces.items()]
    )
    made = exercise(**_with_points(options))(run)
    made.name, made.names, made.probes[0].name = "", made.names if given.get("names") else (), ""
    return made


def _no_slip_of_an_option(arguments: Mapping[str, Any]) -> None:
    """Raise `AuthorError` for an argument that looks like a mistyped option: what it has is no input space."""
    for name, value in arguments.items():
        near = nearest(name, _OPTIONS, 0.75)
        if near and not hasattr(value, "draw"):
            raise AuthorError(
                f"call: unknown option {name!r}. Did you mean {near!r}?",
                hint=f"If it is an argument of the function, give its input space: {name}=tensors(...).",
            )


def _with_points(options: Mapping[str, Any]) -> dict[str, Any]:
    if "points" not in options:
        raise AuthorError("an exercise has no points", hint="Give it some, or all of them: defaults(points=1).")
    return dict(options)


def take_names(scope: Mapping[str, Any]) -> None:
    """Give each exercise that `call` made the name that it was assigned to in a file."""
    for name, made in scope.items():
        if isinstance(made, Exercise) and not made.name:
            made.name = name
            made.names = made.names or (name,)
            probe = made.probes[0]
            probe.name = name
            if isinstance(probe.run, Call):
                probe.run.function = probe.run.__name__ = made.names[0]
