"""What is watched while a probe is called, as a request asks for it: functions called, the flow of data, a cut."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from typing import Any

from grader.authoring.exercises import Probe
from grader.engine import wire
from grader.engine.runner import threads
from grader.engine.runner.cut import Cut
from grader.engine.runner.flow import Following
from grader.engine.runner.perturber import Perturber
from grader.engine.runner.trace import Below, Tracer

_NOTHING = contextlib.nullcontext()


class Watch:
    """Watches the calls of one request, made of the code of file `own`."""

    def __init__(self, request: wire.Replay | wire.Call, own: str) -> None:
        self._called: list[str] = []
        self._below: list[str] = []
        self._result: Any = None
        self._followed = False
        self._sampled = isinstance(request, wire.Replay)
        self._tracer = Tracer(self._called, own, self._below) if request.trace else None
        self._following: Following | None = None
        self._cut: Cut | None = None
        self._perturber: Perturber | None = None
        # Calls out of the probe count too: a submission's name may be the needed function itself, such as a partial.
        if request.follow:
            self._following = Following(request.follow)
        if isinstance(request, wire.Call) and request.cut:
            self._cut = Cut(request.cut, request.skip)
        if isinstance(request, wire.Call) and request.perturb:
            self._perturber = Perturber(request.perturb, request.perturb_seed)

    def of(self, seed: int) -> contextlib.AbstractContextManager[object]:
        """Return what watches the call of the example with this seed, and nothing that we do besides.

        The flow of graded calls is followed in one of four, by the example alone: who counts calls cannot tell which.
        """
        self._called.clear()
        self._below.clear()
        self._result = None
        self._followed = self._following is not None and not (self._sampled and (seed * 2654435761 >> 9) % 4)
        wanted = (self._following if self._followed else None, self._cut, self._perturber)
        modes: list[contextlib.AbstractContextManager[object]] = [mode for mode in wanted if mode is not None]
        if self._tracer or len(modes) > 1:
            return self._call(modes)
        return modes[0] if modes else _NOTHING

    def keeping(self, probe: Probe) -> Probe:
        """Return the probe, its result kept for `seen`."""

        def run(*args: Any, **kwargs: Any) -> Any:
            self._result = probe.run(*args, **kwargs)
            return self._result

        return dataclasses.replace(probe, run=run) if self._following else probe

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Watch what threads do during all calls and between them."""
        before = threads.watch(self._tracer)
        try:
            yield
        finally:
            threads.watch(before)

    @property
    def back(self) -> contextlib.AbstractContextManager[object]:
        """What watches the way back through a result, where a submission's code may run too."""
        return self._tracer or _NOTHING

    @contextlib.contextmanager
    def _call(self, modes: list[contextlib.AbstractContextManager[object]]) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            if self._tracer:
                stack.enter_context(self._tracer)
                stack.enter_context(Below(self._tracer))
            for mode in modes:
                stack.enter_context(mode)
            yield
            if self._tracer:
                self._below += self._tracer.trouble()

    def seen(self) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Return the functions called, the operators below them, and the word on the flow, of the last call."""
        flow = self._cut.outcome() if self._cut else ""
        if not flow and self._following and self._followed:
            flow = self._following.outcome(self._result)
        return tuple(self._called), tuple(self._below), flow
