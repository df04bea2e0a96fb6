"""With what a probe calls the submission's functions: the probe, made to return that instead of its result."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import inspect
from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any

import numpy
import torch

from grader.authoring.exercises import Policy, Probe


def showing(probe: Probe, names: Sequence[str]) -> Probe:
    """Return a probe that gives `{function: {parameter: value}}` of the first call of one of these functions.

    Values are copied before the call. It gives `{}` where none of them is called, or where one is no plain function.
    """

    def run(submission: Any, **arguments: Any) -> Any:
        first = _First(submission, frozenset(names))
        with contextlib.suppress(Exception):
            probe.run(first, **arguments)
        return first._seen

    policy = Policy(gradients="off", requires_grad="off", mutation="off", aliasing="off", rng="off")
    return dataclasses.replace(probe, run=run, policy=policy)


class _First:
    """A submission whose functions note their first call."""

    def __init__(self, submission: Any, names: frozenset[str]) -> None:
        self._submission = submission
        self._names = names
        self._seen: dict[str, dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._submission, name)
        if name not in self._names or type(found) is not FunctionType or self._seen:
            return found

        @functools.wraps(found)
        def called(*args: Any, **kwargs: Any) -> Any:
            if not self._seen:
                self._seen[name] = _named(found, args, kwargs)
            return found(*args, **kwargs)

        return called


def _named(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    try:
        given = inspect.signature(function).bind(*args, **kwargs).arguments
    except (TypeError, ValueError):  # called with what it does not take
        given = {**{f"argument_{place}": value for place, value in enumerate(args, 1)}, **kwargs}
    return {str(name): _copied(value) for name, value in given.items()}


def _copied(thing: Any, depth: int = 0) -> Any:
    if isinstance(thing, torch.Tensor):
        return thing.detach().clone()
    if isinstance(thing, numpy.ndarray):
        return thing.copy()
    if depth < 4 and type(thing) in (list, tuple):
        return type(thing)(_copied(item, depth + 1) for item in thing)
    if depth < 4 and type(thing) is dict:
        return {key: _copied(item, depth + 1) for key, item in thing.items()}
    return thing
