"""How an exercise, a further probe or a mistake is declared: the decorators that authors write."""

from __future__ import annotations

import dataclasses
import inspect
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from grader.authoring.exercises import Alternative, Exercise, Further, Mistake, Policy, Probe
from grader.authoring.strategies import tensors
from grader.records.errors import AuthorError
from grader.records.rules import Only, Rules
from grader.records.text.nearest import nearest

POLICY = {field.name for field in dataclasses.fields(Policy)}
"""The options of a probe that are fields of `Policy`."""
OPTIONS = frozenset({"examples", "explicit", "profile", "seconds", "raises", "hidden", "dtype"})
"""The other options of a probe."""
_OF_EXERCISES = frozenset(
    {"points", "names", "bans", "needs", "hints", "title", "only", "no_loops", "no_numpy", "lines"}
)


class Lawful:
    """A probe's mark on a part of its result that only laws judge."""

    def __init__(self, value: Any) -> None:
        self.value = value


def lawful(value: Any) -> Any:
    """Mark a part of a probe's result as having more than one right answer.

    It is sent to the judge, where the exercise's laws see it, and is not compared
    with the reference's.

    >>> lawful(3).value
    3
    """
    return Lawful(value)


def make_probe(
    run: Callable[..., Any],
    *,
    examples: int | None = None,
    explicit: Iterable[Mapping[str, Any]] = (),
    profile: Literal["plain", "files", "workers"] = "plain",
    seconds: float | None = None,
    raises: str | Iterable[str] = (),
    hidden: bool = False,
    dtype: object = "floating",
    **policy: Any,
) -> Probe:
    """Make a probe of a function whose parameters' defaults are their input spaces, or shapes of tensors of `dtype`.

    Raises `AuthorError` for an unknown option or a parameter without an input space.
    """
    refuse_unknown(run.__name__, policy, POLICY | OPTIONS)
    parameters = list(inspect.signature(run).parameters.values())
    if not parameters:
        raise AuthorError(f"{run.__name__}: a probe's first parameter is the submission")
    for parameter in parameters[1:]:
        if parameter.default is inspect.Parameter.empty:
            raise AuthorError(
                f"{run.__name__}: parameter {parameter.name!r} has no input space",
                hint=f'Give it one as its default, such as {parameter.name}=tensors("n").',
            )
    return Probe(
        name=run.__name__,
        run=run,
        arguments={one.name: space(one.default, one.name, dtype) for one in parameters[1:]},
        policy=Policy(**policy),
        examples=examples,
        explicit=tuple(dict(arguments) for arguments in explicit),
        profile=profile,
        seconds=seconds,
        raises=_words(raises),
        hidden=hidden,
    )


def refuse_unknown(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Raise `AuthorError`, with the nearest and with all that are known, for an option that there is not."""
    names = sorted(known)
    for option in given:
        if option not in names:
            near = nearest(option, names)
            hint = f"Did you mean {near!r}?" if near else None
            raise AuthorError(f"{name}: unknown option {option!r}; known are {', '.join(names)}", hint=hint)


def space(given: Any, name: str, dtype: object) -> Any:
    """Return an argument's input space: a text is the shape of a tensor of this dtype.

    >>> space("i j", "x", "int64").dtype
    'int64'
    """
    if isinstance(given, str):
        return tensors(given, dtype)
    if given is None or isinstance(given, bool | int | float):
        raise AuthorError(f"{name}={given!r} is no input space", hint=f"For one value there is just({given!r}).")
    return given


def exercise(
    points: float,
    *,
    names: str | Iterable[str] = (),
    bans: str | Iterable[str] = (),
    needs: str | Iterable[str] = (),
    hints: str | Iterable[str] = (),
    title: str = "",
    only: Only | None = None,
    no_loops: bool = False,
    no_numpy: bool = False,
    lines: int = 0,
    **options: Any,
) -> Callable[[Callable[..., Any]], Exercise]:
    """Declare an exercise: a decorator for its first probe.

    `names` is what the submission must define (the probe's own name unless given). `bans` and
    `needs` are dotted names below `torch` (`"torch.gather"`); a ban covers the Tensor method and the
    in-place form of the same name. Of how an answer is written, `only` says what it may use (see the function of that
    name); `no_loops` forbids for, while, comprehensions, map, filter, reduce, itertools and functions that call
    themselves; `no_numpy` numpy and its like; `lines` is the most statements that it may take, helpers included.
    What the stub holds already is not the student's, and neither is an answer to an earlier exercise that it calls:
    that one is judged by itself. `options` are `make_probe`'s: `examples`, `explicit`, `profile`,
    `seconds`, `raises`, `dtype` and the fields of `Policy`.
    """

    def declare(run: Callable[..., Any]) -> Exercise:
        refuse_unknown(run.__name__, options, POLICY | OPTIONS | _OF_EXERCISES)
        if not points > 0:
            raise AuthorError(f"{run.__name__}: points must be greater than 0, not {points!r}")
        return Exercise(
            name=run.__name__,
            points=float(points),
            probes=[make_probe(run, **options)],
            names=_words(names) or (run.__name__,),
            bans=_words(bans),
            needs=_words(needs),
            hints=_words(hints),
            title=title,
            rules=Rules(_allowed(only, run.__name__), no_loops, no_numpy, _line_count(lines)),
        )

    return declare


def only(*names: str, operators: bool = False, indexing: bool = False) -> Only:
    """What of torch an answer may use: these functions, and operators or indexing where it says so.

    Names are those of bans: `"torch.where"` covers the Tensor method too. What tells of a tensor (shape, dtype,
    device, numel) and types are always allowed, and so is what is not torch's.

    >>> only("torch.arange", "torch.where", indexing=True).names
    ('torch.arange', 'torch.where')
    """
    return Only(names, operators, indexing)


def _allowed(given: object, name: str) -> Only | None:
    if given is None or isinstance(given, Only):
        return given
    raise AuthorError(f"{name}: only={given!r}", hint='Write only=only("torch.arange", operators=True).')


def _line_count(lines: object) -> int:
    if isinstance(lines, bool) or not isinstance(lines, int) or lines < 0:
        raise AuthorError(f"lines={lines!r} is no number of lines", hint="Write lines=1, or leave it out.")
    return lines


def further(exercise_name: str, **options: Any) -> Callable[[Callable[..., Any]], Further]:
    """In `hidden.py`: a further probe of an exercise of the same assignment, never shown to students."""

    def declare(run: Callable[..., Any]) -> Further:
        return Further(exercise_name, make_probe(run, hidden=True, **options))

    return declare


def mistake(exercise_id: str, *, replaces: str | None = None) -> Callable[[Callable[..., Any]], Mistake]:
    """Declare a typical wrong answer to an exercise; its docstring is what the student reads.

    `replaces` is the submission's name it stands in for: the exercise's own unless given.
    """

    def declare(replacement: Callable[..., Any]) -> Mistake:
        message = inspect.getdoc(replacement)
        if not message:
            raise AuthorError(
                f"{replacement.__name__}: a mistake needs a docstring that tells the student what is wrong"
            )
        name = replaces or exercise_id.rpartition(".")[2]
        return Mistake(exercise_id, replacement.__name__, replacement, " ".join(message.split()), name)

    return declare


def alternative(exercise_id: str, *, replaces: str | None = None) -> Callable[[Callable[..., Any]], Alternative]:
    """In `alternatives.py`: declare a right answer in another style, which `grader doctor` proves to pass.

    `replaces` is the submission's name it stands in for: the exercise's own unless given.
    """

    def declare(answer: Callable[..., Any]) -> Alternative:
        return Alternative(exercise_id, answer.__name__, replaces or exercise_id.rpartition(".")[2])

    return declare


def own_points(points: object, name: str) -> float:
    """Return the points of a part of an exercise. Raises `AuthorError` for what are none."""
    if isinstance(points, bool) or not isinstance(points, int | float) or not 0 <= points < math.inf:
        raise AuthorError(f"{name}: points={points!r}", hint="Give a part a number of points, or leave it out.")
    return float(points)


def _words(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
