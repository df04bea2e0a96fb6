"""The expected side: what right answers do on each example, by the reference in a runner or frozen."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from grader.authoring.exercises import Exercise, Probe
from grader.engine.deadlines import Deadlines
from grader.engine.faults import Fault, RunnerTrouble
from grader.engine.session import Forker, Session
from grader.engine.submission_code import SubmissionCode
from grader.judging import laws
from grader.judging.examples.bank import Bank
from grader.judging.examples.cache import declaring_file
from grader.judging.examples.simulating import UNTOLD, simulate
from grader.records.errors import AuthorError, SandboxError
from grader.records.observations import decode_example, decode_observation
from grader.records.simulations import Simulation, decode_simulation, encode_simulation
from grader.records.writing import replace_file


class Expected(Protocol):
    """Where the judge looks up what was expected."""

    def bodies(self, probe: Probe, device: str) -> Sequence[bytes]:
        """Return the encoded observations of right answers on the probe's bank, in its order."""
        ...

    def limits(self, probe: Probe) -> Sequence[bytes]:
        """Return the encoded limits of floating results on the probe's bank, in its order; b"" where there are none."""
        ...

    def answer(self, probe: Probe, example: bytes, device: str) -> bytes | None:
        """Return the encoded observation of a right answer on another example; None where none can be had."""
        ...

    def limits_at(self, probe: Probe, example: bytes) -> bytes:
        """Return the encoded limits of floating results on another example."""
        ...

    def simulation(self, probe: Probe) -> Simulation:
        """Return what right answers do on a simulated device."""
        ...


class FrozenAnswers:
    """Observations that were made before and shipped: no reference is at hand."""

    def __init__(
        self,
        bodies: Mapping[str, Sequence[bytes]],
        limits: Mapping[str, Sequence[bytes]] | None = None,
        simulations: Mapping[str, Simulation] | None = None,
    ) -> None:
        self._bodies = bodies
        self._limits = limits or {}
        self._simulations = simulations or {}

    def bodies(self, probe: Probe, device: str) -> Sequence[bytes]:
        """Return the frozen observations; on other devices than the CPU they are the CPU's, moved."""
        return self._bodies[probe.id]

    def answer(self, probe: Probe, example: bytes, device: str) -> bytes | None:
        """Return None: new examples cannot be answered without the reference."""
        return None

    def limits(self, probe: Probe) -> Sequence[bytes]:
        """Return the frozen limits."""
        return self._limits.get(probe.id, ())

    def limits_at(self, probe: Probe, example: bytes) -> bytes:
        """Return no limits: there is no reference to measure them with."""
        return b""

    def simulation(self, probe: Probe) -> Simulation:
        """Return the frozen simulation."""
        return self._simulations.get(probe.id, UNTOLD)


class Reference:
    """The reference solution, run as just another submission in a runner of its own.

    Raises `AuthorError` when it cannot be loaded, misses a name, raises where that was not announced or breaks a law.
    """

    def __init__(
        self,
        zygote: Forker,
        source: SubmissionCode,
        exercises: Sequence[Exercise],
        banks: Mapping[str, Bank],
        cache: Path | None = None,
    ) -> None:
        self._session = Session(zygote, source, Deadlines(load=30.0, example=20.0, exercise=120.0))
        self._source = source
        self._banks = banks
        self._cache = cache
        self._lock = threading.Lock()
        self._found: dict[tuple[str, str], tuple[bytes, ...]] = {}
        self._limits: dict[str, tuple[bytes, ...]] = {}
        self._simulations: dict[str, Simulation] = {}
        self._simulating = Session(zygote, source, Deadlines(load=30.0, example=20.0, exercise=120.0))
        self._probes = {probe.id: probe for exercise in exercises for probe in exercise.probes}

    def close(self) -> None:
        """Kill the reference's runner."""
        with contextlib.suppress(SandboxError):  # a zygote that is gone took the runner with it
            self._session.fresh()
            self._simulating.fresh()

    def bodies(self, probe: Probe, device: str) -> Sequence[bytes]:
        """Return the reference's observations of the probe's bank; made once, cached by content."""
        key = (probe.id, device)
        with self._lock:
            if key not in self._found:
                self._found[key] = self._cached(probe, device)
            return self._found[key]

    def answer(self, probe: Probe, example: bytes, device: str) -> bytes | None:
        """Return the reference's observation of a new example; None when it is outside what it can answer."""
        with self._lock:
            try:
                body = self._session.call(probe, [example], device)[0].body
            except RunnerTrouble:
                return None
        observation = decode_observation(body)
        try:
            laws.check_reference(probe, decode_example(example), observation)
        except AuthorError:
            return None  # a live draw may leave what the bank covers; the bank itself was checked whole
        return body

    def limits(self, probe: Probe) -> Sequence[bytes]:
        """Return the limits of floating results on the probe's bank; measured once, cached by content.

        A reference that cannot be run in double precision sets none: the tolerances of the dtypes hold.
        """
        with self._lock:
            if probe.id not in self._limits:
                examples = self._banks[probe.id].examples
                path = self._cache_path(probe, self._banks[probe.id], "limits")
                self._limits[probe.id] = _kept(path, len(examples), lambda: self._measured(probe, examples))
            return self._limits[probe.id]

    def limits_at(self, probe: Probe, example: bytes) -> bytes:
        """Return the limits of floating results on another example."""
        with self._lock:
            return self._measured(probe, (example,))[0]

    def simulation(self, probe: Probe) -> Simulation:
        """Return what the reference does on a simulated device; made once, cached by content."""
        with self._lock:
            if probe.id not in self._simulations:
                bank = self._banks[probe.id]
                path = self._cache_path(probe, bank, "simulation 7")
                (body,) = _kept(path, 1, lambda: (encode_simulation(simulate(self._simulating, probe, bank)),))
                self._simulations[probe.id] = decode_simulation(body)
            return self._simulations[probe.id]

    def _measured(self, probe: Probe, examples: Sequence[bytes]) -> tuple[bytes, ...]:
        return tuple(self._limits_of(probe, example) for example in examples)

    def _limits_of(self, probe: Probe, example: bytes) -> bytes:
        for _ in range(2):  # one that somebody else killed says nothing of the reference, and what is said is kept
            try:
                return self._session.measure(probe, example)
            except Fault:
                continue
            except RunnerTrouble:
                break
        return b""  # it cannot be run in double precision: the tolerances of the dtypes hold

    def _cached(self, probe: Probe, device: str) -> tuple[bytes, ...]:
        bank = self._banks[probe.id]
        path = self._cache_path(probe, bank, device)
        return _kept(path, len(bank.examples), lambda: self._observe(probe, bank, device))

    def _observe(self, probe: Probe, bank: Bank, device: str) -> tuple[bytes, ...]:
        try:
            observed = self._session.observe(probe, len(bank.examples), device, sent=bank.sent(probe))
        except RunnerTrouble as error:
            raise SandboxError(f"{probe.id}: the runner failed on the reference solution: {error}") from error
        self._check_loaded()
        for example, one in zip(bank.examples, observed, strict=False):
            try:
                laws.check_reference(probe, decode_example(example), decode_observation(one.body))
            except AuthorError as error:
                if device == "cpu":
                    raise
                raise AuthorError(f"on {device}: {error.message}", hint=_ELSEWHERE) from error
        if len(observed) != len(bank.examples):
            raise AuthorError(f"{probe.id}: the reference solution answered {len(observed)} of {len(bank.examples)}")
        return tuple(one.body for one in observed)

    def _check_loaded(self) -> None:
        loaded, fault = self._session.loaded, self._session.load_fault
        if fault is not None:
            raise AuthorError(f"the reference solution {self._source.filename} cannot be loaded: {fault.detail}")
        for begun, how in self._session.left_out:
            raise AuthorError(
                f"the reference solution {self._source.filename} cannot be loaded: code cell {begun.cell}, "
                f"line {begun.line}: {how.detail}"
            )
        if loaded is not None and loaded.errors:
            cell, error = loaded.errors[0].cell, loaded.errors[0].raised
            raise AuthorError(
                f"the reference solution {self._source.filename} raises while it is loaded: code cell {cell}, "
                f"line {error.line} ({error.code}): {error.type_names[0]}: {error.message}"
            )

    def _cache_path(self, probe: Probe, bank: Bank, device: str) -> Path | None:
        if self._cache is None:
            return None
        digest = hashlib.sha256()
        for part in (_versions(), device, probe.id, *self._source.cells, self._source.assignment):
            digest.update(part.encode() + b"\0")
        digest.update(msgspec.msgpack.encode(bank.examples))
        digest.update(repr(probe.policy).encode() + _code(probe))
        return self._cache / "observations" / f"{digest.hexdigest()[:40]}.bin"


_ELSEWHERE = 'An exercise that is for the CPU alone says `device="off"`: it is not run elsewhere then.'


def _kept(path: Path | None, count: int, make: Callable[[], tuple[bytes, ...]]) -> tuple[bytes, ...]:
    """Return what a cache file holds, or make it and keep it; a damaged file is made again."""
    if path is None:
        return make()
    if path.exists():
        try:
            found = msgspec.msgpack.decode(path.read_bytes(), type=tuple[bytes, ...])
        except msgspec.MsgspecError:
            found = ()
        if len(found) == count:
            return found
    found = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, msgspec.msgpack.encode(found), private=True)
    return found


def _code(probe: Probe) -> bytes:
    """Return what identifies the probe's file: any edit of it makes new observations."""
    path = declaring_file(probe)
    return path.read_bytes() if path is not None else probe.run.__code__.co_code


def _versions() -> str:
    from importlib.metadata import version

    from grader import __version__

    return f"{__version__} torch {version('torch')} numpy {version('numpy')} format 6"
