"""What reading a submission tells of a value: a set of possibilities.

A value is a frozenset of atoms. The empty set is 'nothing known to arrive here', and calls or
attributes of it are nothing either.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import msgspec


class Atom(msgspec.Struct, frozen=True, cache_hash=True):
    """One possibility of what a value is."""


class Kind(Atom, frozen=True, cache_hash=True):
    """A value of which the kind is all that is known; the five of them stand below."""

    word: str


class TorchName(Atom, frozen=True, cache_hash=True):
    """A module, function, class or constant of torch's, by its dotted name."""

    path: str


class TorchInstance(Atom, frozen=True, cache_hash=True):
    """An instance of a class of torch's that is no tensor."""

    path: str


class ForeignName(Atom, frozen=True, cache_hash=True):
    """A module, function or class from elsewhere: `builtins.max`, `numpy.max`."""

    path: str


class Const(Atom, frozen=True, cache_hash=True):
    """A string, integer, bytes object or None that stands in the source, or follows from it."""

    kind: str
    value: str | int | bytes | None


class Tup(Atom, frozen=True, cache_hash=True):
    """A tuple of known length."""

    items: tuple[frozenset[Atom], ...]


class Container(Atom, frozen=True, cache_hash=True):
    """A container or iterator made at one place of the source; what it holds lies on the heap."""

    kind: str
    site: int


class Record(Atom, frozen=True, cache_hash=True):
    """A class that `namedtuple` made at one place, or an instance of it; its fields lie on the heap."""

    site: int
    fields: tuple[str, ...]
    made: bool = False


class Func(Atom, frozen=True, cache_hash=True):
    """A function or lambda of the submission, in the frame that made it."""

    node: int
    frame: int


class Klass(Atom, frozen=True, cache_hash=True):
    """A class of the submission."""

    node: int


class Instance(Atom, frozen=True, cache_hash=True):
    """An instance of a class of the submission; its attributes lie on the heap, by class."""

    klass: Klass


class BoundMethod(Atom, frozen=True, cache_hash=True):
    """A function of the submission with its first argument."""

    func: Func
    owner: Atom


class Super(Atom, frozen=True, cache_hash=True):
    """`super()` in a method of a class."""

    klass: Klass
    owner: Atom


class BuiltinMethod(Atom, frozen=True, cache_hash=True):
    """A method of a container, a string or a namespace."""

    owner: Atom
    name: str


class Partial(Atom, frozen=True, cache_hash=True):
    """A callable with some of its arguments."""

    func: frozenset[Atom]
    args: tuple[frozenset[Atom], ...]
    keywords: tuple[tuple[str, frozenset[Atom]], ...] = ()


class Getter(Atom, frozen=True, cache_hash=True):
    """`operator.attrgetter` or `operator.methodcaller` with a known name."""

    kind: str
    names: tuple[str, ...]


class Namespace(Atom, frozen=True, cache_hash=True):
    """The namespace of something, as `vars` and `__dict__` give it; of None: the module's globals."""

    of: Atom | None


Value: TypeAlias = frozenset[Atom]

NOTHING: Value = frozenset()
UNKNOWN: Value = frozenset({Kind("unknown")})
"""May be a tensor, a module, anything: what an exercise is given."""
TENSOR: Value = frozenset({Kind("tensor")})
"""What torch's functions return."""
PLAIN: Value = frozenset({Kind("plain")})
"""A number, string, numpy array or the like: no tensor in it."""
STRANGE: Value = frozenset({Kind("strange")})
"""Made from constants of the source alone, in a way that is not followed."""

ANSWER: Value = frozenset({Kind("answer")})
"""The student's answer to an earlier exercise, which is judged by itself: it may be called, and nothing else."""

(ANSWER_ATOM,) = ANSWER
(UNKNOWN_ATOM,) = UNKNOWN
(TENSOR_ATOM,) = TENSOR
(PLAIN_ATOM,) = PLAIN
(STRANGE_ATOM,) = STRANGE

MOST_CONSTANTS = 24
"""A value with more constants than this is no longer followed."""


def constant(value: object) -> Value:
    """The value of a literal.

    >>> constant("gather") == frozenset({Const("str", "gather")})
    True
    """
    if value is None or isinstance(value, str | int | bytes):
        return frozenset({Const(type(value).__name__, value)})
    return PLAIN


def join(values: Iterable[Value]) -> Value:
    """Every possibility of several values."""
    joined = NOTHING.union(*values)
    if len(joined) > MOST_CONSTANTS:
        kept = frozenset(atom for atom in joined if not isinstance(atom, Const))
        return kept if len(kept) == len(joined) else kept | STRANGE
    return joined


def strings(value: Value) -> list[str] | None:
    """The strings that a value may be, or None when something else is possible.

    >>> strings(constant("a")), strings(PLAIN)
    (['a'], None)
    """
    found: list[str] = []
    for atom in value:
        if not isinstance(atom, Const) or not isinstance(atom.value, str):
            return None
        found.append(atom.value)
    return sorted(found)


def is_literal(value: Value) -> bool:
    """Whether a value comes from constants of the source alone."""
    return all(isinstance(atom, Const) or atom is STRANGE_ATOM or atom == STRANGE_ATOM for atom in value)


def may_be_tensor(value: Value, depth: int = 3) -> bool:
    """Whether a value, or an item of a tuple in it, may be a tensor or hold one."""
    for atom in value:
        if isinstance(atom, Kind):
            if atom.word in ("unknown", "tensor"):
                return True
        elif isinstance(atom, Tup):
            if depth and any(may_be_tensor(item, depth - 1) for item in atom.items):
                return True
        elif not isinstance(atom, Const | ForeignName):
            return True
    return False
