"""What an exercise is: its probes, their arguments, laws, points, bans and needs. Holds no answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol

from grader.records.rules import Rules

Severity = Literal["must", "advice", "off"]
"""How much a broken check counts: points, a remark, or nothing."""


@dataclasses.dataclass(frozen=True)
class Policy:
    """How a probe's observations are compared."""

    rtol: float | None = None
    """Relative tolerance; None takes the dtype's own."""
    atol: float | None = None
    """Absolute tolerance; None takes the dtype's own."""
    gradients: Severity = "must"
    requires_grad: Severity = "must"
    mutation: Severity = "must"
    aliasing: Severity = "advice"
    rng: Severity = "must"
    device: Severity = "advice"
    """Whether an answer must also run where its inputs are on another device than the CPU."""
    strict_sequences: bool = False
    """Whether a list differs from a tuple."""


class Argument(Protocol):
    """One argument's input space, as `grader.authoring.strategies` makes them."""

    def draw(self, context: Any) -> Any:
        """Draw one value; `context` is a `grader.authoring.strategies.context.DrawContext`."""
        ...


@dataclasses.dataclass(frozen=True)
class Law:
    """A property that every right answer has, judged outside the submission's process."""

    title: str
    """A clause that reads well after "the law": "each index points at a maximum of its row"."""
    check: Callable[..., Any]
    """`check(example, observed)`: False or a str (what is wrong) breaks the law; None and True keep it."""
    must: bool = True


@dataclasses.dataclass
class Probe:
    """One way to use a submission: a function from (submission, drawn arguments) to plain data."""

    name: str
    run: Callable[..., Any]
    arguments: Mapping[str, Any]
    """Argument name to `Argument` or Hypothesis strategy, in the order of the signature."""
    policy: Policy = dataclasses.field(default_factory=Policy)
    examples: int | None = None
    """How many examples to draw; None takes the course's number."""
    explicit: tuple[Mapping[str, Any], ...] = ()
    """Arguments that are always tried, before any drawn ones."""
    profile: Literal["plain", "files", "workers"] = "plain"
    """`files`: a scratch directory in the runner; `workers`: that, and it may fork DataLoader workers."""
    seconds: float | None = None
    """Time allowed for one example; None takes the course's."""
    raises: tuple[str, ...] = ()
    """Names of the exceptions that right answers raise on some examples."""
    hidden: bool = False
    laws: list[Law] = dataclasses.field(default_factory=list)
    id: str = ""
    """`<assignment>.<exercise>/<probe>`; given when the file is loaded."""
    points: float = 0.0
    """As a part of its exercise; 0 where it belongs to the whole."""
    scope: Mapping[str, Any] = dataclasses.field(default_factory=dict, repr=False, compare=False)
    """The names of the file that declares it; given when that is loaded."""

    def law(self, title: str, *, must: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Add a law: a decorator for `check(example, observed)`."""

        def add(check: Callable[..., Any]) -> Callable[..., Any]:
            self.laws.append(Law(title, check, must))
            return check

        return add


_NO_RULES = Rules()


@dataclasses.dataclass
class Exercise:
    """What a student is asked for and what it is worth. All of its probes must pass, but for parts of it."""

    name: str
    points: float
    """In all, with those of its parts."""
    probes: list[Probe]
    names: tuple[str, ...]
    """What the submission must define."""
    bans: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """At least one of these torch functions must produce the result."""
    rules: Rules = _NO_RULES
    hints: tuple[str, ...] = ()
    title: str = ""
    id: str = ""
    """`<assignment>.<name>`; given when the file is loaded."""

    def law(self, title: str, *, must: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Add a law to the exercise's first probe."""
        return self.probes[0].law(title, must=must)

    def parts(self) -> dict[str, tuple[float, frozenset[str]]]:
        """Return the parts that have points of their own: name to points and the ids of their probes.

        The first has the exercise's name and all probes without points; there is none where it is all or nothing.
        """
        own = {probe.name: (probe.points, frozenset({probe.id})) for probe in self.probes if probe.points}
        if not own:
            return {}
        rest = self.points - sum(points for points, _ in own.values())
        return {self.name: (rest, frozenset(probe.id for probe in self.probes if not probe.points)), **own}

    def also(self, *, points: float = 0.0, **options: Any) -> Callable[[Callable[..., Any]], Probe]:
        """Add another probe to this exercise: a decorator that takes `probe`'s options.

        With `points` the probe is a part of the exercise with points of its own, beyond those of the exercise, and
        earned or lost alone; without, all or nothing is earned for it and the exercise's other probes together.

        >>> from grader.authoring import exercise, tensors
        >>> @exercise(points=1)
        ... def double(submission, x=tensors("n")):
        ...     return submission.double(x)
        >>> @double.also(rng="off")
        ... def on_matrices(submission, x=tensors("n m")):
        ...     return submission.double(x)
        >>> [probe.name for probe in double.probes]
        ['double', 'on_matrices']
        """
        from grader.authoring.declarations import make_probe, own_points

        def add(run: Callable[..., Any]) -> Probe:
            probe = make_probe(run, **options)
            probe.points = own_points(points, probe.name)
            self.points += probe.points
            self.probes.append(probe)
            return probe

        return add


@dataclasses.dataclass(frozen=True)
class Further:
    """A hidden probe and the name of the exercise that it belongs to."""

    exercise: str
    probe: Probe

    def law(self, title: str, *, must: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Add a law to the probe."""
        return self.probe.law(title, must=must)


@dataclasses.dataclass(frozen=True)
class Mistake:
    """A typical wrong answer and the sentence that tells a student what is wrong."""

    exercise: str
    """The exercise's id."""
    name: str
    replacement: Callable[..., Any]
    """The function or class that stands in for the submission's."""
    message: str
    replaces: str
    """The submission's name that it stands in for."""


@dataclasses.dataclass(frozen=True)
class Alternative:
    """A right answer in another style than the reference."""

    exercise: str
    """The exercise's id."""
    name: str
    replaces: str
    """The submission's name that it stands in for."""
