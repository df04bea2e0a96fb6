"""The state of one reading of a submission: what was referenced, what the heap holds, which frames exist."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable
from typing import TypeAlias

from grader.engine.bans.parsed import AFTER_ALL, ParsedSource
from grader.engine.bans.values import NOTHING, UNKNOWN, Atom, Func, Instance, Klass, Value, join

MOST_STEPS = 30_000
"""Expressions read before a submission counts as too intricate; plain ones take a few hundred."""

MOST_FRAMES = 4_000

HeapKey: TypeAlias = tuple[Hashable, ...]


class TooIntricate(Exception):
    """The submission cannot be followed in the steps allowed."""


class Frame:
    """A scope while it is read: what its names may be at this point, and what they were at any point."""

    __slots__ = ("bound", "history", "index", "module_names", "node", "parent", "position", "returns", "variables")

    def __init__(self, index: int, node: ast.AST, parent: Frame | None, position: int = AFTER_ALL) -> None:
        self.index = index
        self.node = node
        self.parent = parent
        self.position = position
        """For code of the module level: where it stands, so that later definitions are not seen."""
        self.bound: set[str] = set()
        self.module_names: set[str] = set()
        self.variables: dict[str, Value] = {}
        self.history: dict[str, Value] = {}
        self.returns: Value = NOTHING


class Arguments:
    """The arguments of a call; `rest` holds what `*` and `**` may spread."""

    __slots__ = ("keywords", "positional", "rest")

    def __init__(
        self,
        positional: tuple[Value, ...] = (),
        keywords: dict[str, Value] | None = None,
        rest: Value = NOTHING,
    ) -> None:
        self.positional = positional
        self.keywords = keywords or {}
        self.rest = rest

    def every(self) -> tuple[Value, ...]:
        """All the values passed, in no particular role."""
        return (*self.positional, *self.keywords.values(), *([self.rest] if self.rest else []))

    def first(self) -> Value:
        """The first positional argument."""
        return self.positional[0] if self.positional else self.rest


class Machine:
    """What the parts of the reader share. The callables are filled in by `grader.engine.bans.reader`."""

    evaluate: Callable[[ast.expr, Frame], Value]
    call: Callable[[Value, Arguments, ast.AST], Value]
    hand_over: Callable[[Atom, ast.AST], None]
    attribute: Callable[[Value, str, ast.AST, bool], Value]
    execute: Callable[[list[ast.stmt], Frame], bool]
    bind_statement: Callable[[ast.stmt, Frame], None]
    bind_target: Callable[[ast.expr, Value, Frame], None]

    kept = True
    """Whether somebody else may keep what is handed to them now, and call it later."""
    missing_is_unknown = False
    missed = False
    stale = False

    def __init__(
        self, source: ParsedSource, coarse: bool = False, others: frozenset[str] = frozenset(), wide: bool = False
    ) -> None:
        self.source = source
        self.others = others
        """Answers to earlier exercises: they are not followed."""
        self.wide = wide
        """Whether only what is handed to somebody else is noted, wherever that is done: see `handed`."""
        self.coarse = coarse
        """Whether a function is read once for all its calls together, not for each kind of arguments."""
        self.references: dict[tuple[str, int], bool] = {}
        self.foreign: dict[tuple[str, int], None] = {}
        """What is named of Python's own and of other libraries, with the line."""
        self.unclear: dict[tuple[str, int], None] = {}
        self.heap: dict[HeapKey, Value] = {}
        self.nodes: dict[int, ast.AST] = {}
        self.frames: list[Frame] = []
        self.frame_of: dict[Hashable, Frame] = {}
        self.classes: dict[int, tuple[Value, ...]] = {}
        """By class node: its bases."""
        self.owners: dict[int, Klass] = {}
        """By function node: the class in whose body it stands."""
        self.live: dict[Klass, None] = {}
        """Classes of which an instance exists."""
        self.handed: dict[Hashable, None] = {}
        """What was handed to somebody else and is read."""
        self.pending: dict[Func | Instance, None] = {}
        """Callables that somebody else may call, with anything."""
        self.memo: dict[Hashable, Value] = {}
        self.running: list[Hashable] = []
        self.quiet = 0
        self.place: ast.AST = ast.Pass(lineno=1)
        """The statement that is being read."""
        self.spent: dict[ast.AST, int] = {}
        """By statement: steps that reading it took, without those of functions that it calls."""
        self._read: set[HeapKey] = set()
        self._steps = 0

    # What is found

    def refer(self, path: str, node: ast.AST, called: bool) -> None:
        """Note that reached code names something of torch's, unless nothing is noted now."""
        if not self.quiet:
            key = (path, getattr(node, "lineno", 1))
            self.references[key] = self.references.get(key, False) or called

    def touch(self, path: str, node: ast.AST) -> None:
        """Note that reached code names something that is not torch's."""
        if not self.quiet:
            self.foreign[(path, getattr(node, "lineno", 1))] = None

    def hides(self, what: str, node: ast.AST) -> None:
        """Note something that hides what is called."""
        if not self.quiet:
            self.unclear[(what, getattr(node, "lineno", 1))] = None

    def step(self) -> None:
        """Count one step; raises `TooIntricate` after too many."""
        self._steps += 1
        self.spent[self.place] = self.spent.get(self.place, 0) + 1
        if self._steps > MOST_STEPS or len(self.frames) > MOST_FRAMES:
            raise TooIntricate

    # The heap

    def get(self, *key: Hashable) -> Value:
        """What a heap cell holds."""
        self._read.add(key)
        return self.heap.get(key, NOTHING)

    def put(self, value: Value, *key: Hashable) -> None:
        """Add possibilities to a heap cell."""
        before = self.heap.get(key, NOTHING)
        if not value <= before:
            self.heap[key] = join((before, value))
            if key in self._read and self.heap[key] != before:
                self.stale = True

    def missing(self) -> Value:
        """An attribute that nothing seen so far sets: nothing at first, anything in the last rounds."""
        self.missed = True
        return UNKNOWN if self.missing_is_unknown else NOTHING

    # Frames

    def frame(self, key: Hashable, node: ast.AST, parent: Frame | None, position: int = AFTER_ALL) -> Frame:
        """Return the frame of a scope in a context, the same in every round, with its variables cleared."""
        found = self.frame_of.get(key)
        if found is None:
            found = self.frame_of[key] = Frame(len(self.frames), node, parent, position)
            self.frames.append(found)
            names = self.source.locals_of(node)
            found.bound, found.module_names = names.bound, names.module
        found.variables = {}
        return found

    def assign(self, frame: Frame, name: str, value: Value) -> None:
        """Bind a name in a frame, replacing what it was."""
        frame.variables[name] = value
        self.remember(frame, name, value)

    def remember(self, frame: Frame, name: str, value: Value) -> None:
        """Add to what a name may be at any point: what inner functions see."""
        before = frame.history.get(name, NOTHING)
        if not value <= before:
            frame.history[name] = join((before, value))
            self.put(frame.history[name], "variable", frame.index, name)

    def start_round(self) -> None:
        """Forget what was only read in this round."""
        self.memo.clear()
        self.running.clear()
        self.pending.clear()
        self.live.clear()
        self.handed.clear()
        self._read.clear()
        self.stale = self.missed = False
