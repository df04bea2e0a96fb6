"""Draw the arguments of one example, and say whose argument is at fault when that fails."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import msgspec

from grader.authoring.strategies.context import ChoiceSource, DrawContext, Rejected, join_bounds
from grader.authoring.strategies.convert import to_plain, to_value
from grader.authoring.strategies.sources import RandomSource
from grader.records.errors import AuthorError, GraderError
from grader.records.observations import Example
from grader.records.values import FLOATING, TensorValue, Value, ValueProblem, validate

_encode = msgspec.msgpack.Encoder().encode
_RETRIES = 50


def draw_example(arguments: Mapping[str, Any], source: ChoiceSource, where: str = "") -> Example:
    """Draw one example: the arguments in order, then with respect to which of them gradients are taken.

    Raises `Rejected` when what was drawn first leaves no choice later, and `AuthorError` (naming `where` and the
    argument) when an input space is at fault.
    """
    try:
        context = DrawContext(source, bounds=join_bounds(arguments))
    except AuthorError as error:
        raise AuthorError(f"{where}{error.message}", hint=error.hint) from error
    differentiable = []
    for name, argument in arguments.items():
        if _draw_argument(context, name, argument, where):
            differentiable.append(name)
    names = tuple(differentiable)
    single = tuple((name,) for name in names) if len(names) > 1 else ()
    gradient = source.pick("gradient", ((), names, (), names, (), (), *single)) if names else ()
    return make_example(context.drawn, () if _is_strided(context.drawn) else gradient)


def _is_strided(drawn: Mapping[str, Value]) -> bool:
    """Say whether a tensor lies in odd strides: gradients there are torch's own matter, and some it gets wrong."""
    return any(isinstance(value, TensorValue) and value.strides is not None for value in drawn.values())


def make_example(arguments: Mapping[str, Value], gradient: tuple[str, ...]) -> Example:
    """Put an example together; its seed follows from its arguments, so that a replay is the same example."""
    return Example(dict(arguments), gradient, zlib.crc32(_encode(arguments)) & 0x7FFFFFFF)


def explicit_example(arguments: Mapping[str, Any], given: Mapping[str, Any], where: str = "") -> Example:
    """Make an example of arguments that an author wrote down; tensors that require gradients are checked for them."""
    if set(given) != set(arguments):
        raise AuthorError(
            f"{where}an explicit example has the arguments {', '.join(given) or 'none'}; "
            f"the probe takes {', '.join(arguments) or 'none'}",
            hint="Give each argument of the probe once.",
        )
    values: dict[str, Value] = {}
    for name in arguments:
        try:
            values[name] = to_value(given[name])
            validate(values[name])
        except (AuthorError, ValueProblem) as error:
            raise _blame(f"{where}explicit argument {name!r}", error) from error
    gradient = tuple(
        name
        for name, value in values.items()
        if isinstance(value, TensorValue) and value.requires_grad and value.dtype in FLOATING
    )
    return make_example(values, gradient)


def sample(arguments: Any, seed: int = 0) -> Any:
    """Draw once, as plain Python and numpy arrays: from one input space, a list of them, or a dict by name.

    For documentation and for trying a descriptor out.

    >>> from grader.authoring.strategies import integers
    >>> sample([integers(1, 1), integers(2, 2)])
    [1, 2]
    """
    if isinstance(arguments, Mapping):
        spaces = dict(arguments)
    elif isinstance(arguments, Sequence):
        spaces = {f"argument{i}": argument for i, argument in enumerate(arguments)}
    else:
        spaces = {"argument": arguments}
    for attempt in range(_RETRIES):
        try:
            example = draw_example(spaces, RandomSource(Random(f"{seed} {attempt}")))
        except Rejected:
            continue
        plain = {name: to_plain(value) for name, value in example.arguments.items()}
        if isinstance(arguments, Mapping):
            return plain
        return list(plain.values()) if isinstance(arguments, Sequence) else plain["argument"]
    raise AuthorError(f"no valid example in {_RETRIES} tries", hint="Bound the sizes so that most draws are valid.")


def _draw_argument(context: DrawContext, name: str, argument: Any, where: str) -> bool:
    try:
        return context.top_level(name, argument)
    except Rejected:
        raise
    except Exception as error:
        if type(error).__module__.partition(".")[0] == "hypothesis" and not is_author_fault(error):
            raise  # how Hypothesis rejects an example
        raise _blame(f"{where}argument {name!r}", error) from error


def is_author_fault(error: Exception) -> bool:
    """Tell a misused strategy from Hypothesis' own control flow."""
    return type(error).__name__ in ("InvalidArgument", "Unsatisfiable", "ResolutionFailed")


def _blame(what: str, error: Exception) -> AuthorError:
    if isinstance(error, GraderError):
        return AuthorError(f"{what}: {error.message}", hint=error.hint)
    hint = "Mend the input space: it must draw without errors and yield what can be sent."
    return AuthorError(f"{what}: drawing raised {type(error).__name__}: {error}", hint=hint)
