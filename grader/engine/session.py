"""The judge's side of one submission: asks its runner, keeps deadlines, replaces the runner after a fault.

Nothing that a runner says is believed beyond its inert observations: request ids are random, the pipe must be
quiet between exercises, and a runner that broke a rule is never asked again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import math
import secrets
import socket
from collections.abc import Callable, Sequence
from typing import NoReturn, Protocol

import msgspec

from grader.authoring.exercises import Probe
from grader.engine import wire
from grader.engine.asking import Make, load_of, replay_of
from grader.engine.bans.findings import TOO_INTRICATE, SourceFindings
from grader.engine.deadlines import Deadlines, after
from grader.engine.faults import Fault, RunnerTrouble
from grader.engine.sandbox import Limits, Profile, RunnerProcess
from grader.engine.sandbox.exits import ended
from grader.engine.submission_code import SubmissionCode
from grader.records.errors import SandboxError
from grader.records.observations import Meta, Observation, Observed, Outcome, encode_observation
from grader.records.rules import Given
from grader.records.statements import LeftOut
from grader.records.text.saying import say

Wrong = Callable[[int, bytes], bool]

_NOTHING = Given()
_READING = 5.0
"""Seconds in which a source must be read; a long one takes a tenth of one."""
_LITTLE = 32 << 20
"""Bytes by which reading may make a runner larger that then executes the submission: its memory is limited."""

BATCH = 50
"""Examples a message."""

MOST_LEFT_OUT = 4
"""Statements that may end the process or its time while a file is loaded; one more is the file's own fault."""


class Forker(Protocol):
    """What can make runners: `grader.engine.sandbox.Zygote`."""

    def fork(self, profile: Profile = "plain", limits: Limits = ...) -> RunnerProcess:
        """Return a fresh locked-down runner."""
        ...


class Session:
    """One submission in its runners, one a profile; a context manager that kills them at the end."""

    def __init__(
        self, zygote: Forker, source: SubmissionCode, deadlines: Deadlines, limits: Limits | None = None
    ) -> None:
        self._zygote = zygote
        self._source = source
        self._deadlines = deadlines
        self._limits = limits or Limits()
        self._runners: dict[Profile, RunnerProcess] = {}
        self._blank: set[Profile] = set()
        """Runners that have executed nothing yet."""
        self._asked: set[str] = set()
        self._begun: wire.Begun | None = None
        self._crashed = False
        """Whether a process ended while it loaded the submission."""
        self._skip: dict[tuple[int, int], tuple[wire.Begun, Observation]] = {}
        self.loaded: wire.Loaded | None = None
        self.load_fault: Observation | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.fresh()

    @property
    def cells(self) -> tuple[str, ...]:
        """The source of the submission."""
        return self._source.cells

    @functools.cached_property
    def digest(self) -> bytes:
        """A digest of all of the submission that its runners get."""
        source = self._source
        return hashlib.blake2b(wire.encode(self._load_request(0)) + source.filename.encode(), digest_size=16).digest()

    @property
    def unread(self) -> tuple[LeftOut, ...]:
        """Cells of the submission that are no Python."""
        return self._source.unread

    def fresh(self) -> None:
        """Kill the runners: the next question goes to a new one. A zygote that is gone took its runners along."""
        for profile in list(self._runners):
            with contextlib.suppress(SandboxError):
                self._kill(profile)
        self._asked.clear()

    def others(self, exercise: str) -> frozenset[str]:
        """Return the other exercises that these runners were asked about: they may have left something behind."""
        return frozenset(self._asked - {exercise})

    @property
    def busy(self) -> bool:
        """Whether these runners were asked about anything yet."""
        return bool(self._asked)

    def read(self, asked: Sequence[wire.Watched], given: Given = _NOTHING) -> tuple[SourceFindings, ...]:
        """Return what the source says of the bans, needs and rules of some exercises.

        It is read in a locked-down runner that has executed nothing, so whatever reading it costs is limited, and what
        comes is not the submission's word. A source that cannot be read within that is one that hides what it calls.
        """
        for _ in range(2):
            try:
                return self._read(tuple(asked), given)
            except Fault as fault:
                if not fault.ended and fault.observation.outcome in ("timeout", "memory"):
                    break
        return (SourceFindings(unclear=(TOO_INTRICATE,)),) * len(asked)

    def _read(self, asked: tuple[wire.Watched, ...], given: Given) -> tuple[SourceFindings, ...]:
        self.fresh()
        runner = self._runners["plain"] = self._zygote.fork("plain", self._limits)

        def request(number: int) -> wire.Request:
            return wire.Read(
                number, self._source.cells, asked, dict(self._source.files), self._source.is_notebook, given
            )

        reply = self._exchange("plain", runner, request, _READING)
        if not isinstance(reply, wire.Readings) or len(reply.found) != len(asked):
            self._fault("plain", "protocol", say("the answer is not of the form that was asked for"))
        if reply.grown_bytes > _LITTLE:
            self._kill("plain")
        else:
            self._blank.add("plain")
        return reply.found

    def load(self) -> None:
        """Execute the submission once; a fault of that is kept in `load_fault`."""
        with contextlib.suppress(Fault):
            self._runner("plain")

    def observe(
        self,
        probe: Probe,
        count: int,
        device: str = "cpu",
        wrong: Wrong | None = None,
        *,
        trace: bool = False,
        follow: tuple[str, ...] = (),
        sent: Sequence[bytes] = (),
    ) -> list[Observed]:
        """Return the observations of the first `count` examples of the bank, in order.

        `sent` are the bank's examples where the zygote does not hold them: hidden ones enter only a runner that is
        asked about them.

        After a fault the examples are run again one by one in a fresh runner; the list ends with the example that
        met the fault, as an observation of its own, or with the first that `wrong(index, body)` says is wrong anyway.
        `trace` and `follow` as in `wire.Replay`.
        """
        ask = functools.partial(replay_of, probe, device, trace, follow, sent)
        deadline = after(self._deadlines.exercise)
        found: list[Observed] = []
        while len(found) < count:
            start, stop = len(found), min(len(found) + BATCH, count)
            try:
                found += self._ask(probe, ask(start, stop), stop - start, deadline)
            except Fault as fault:
                return found + self._one_by_one(probe, ask, range(start, count), fault, wrong)
        return found

    def call(
        self,
        probe: Probe,
        examples: Sequence[bytes],
        device: str = "cpu",
        *,
        follow: tuple[str, ...] = (),
        perturb: tuple[str, ...] = (),
        perturb_seed: int = 0,
        cut: tuple[str, ...] = (),
        skip: int = 0,
        show: tuple[str, ...] = (),
    ) -> list[Observed]:
        """Return the observations of examples that are sent along; a fault ends the list. Options as in `wire.Call`."""

        def request(number: int) -> wire.Request:
            return wire.Call(
                id=number,
                probe=probe.id,
                examples=tuple(examples),
                device=device,
                follow=follow,
                perturb=perturb,
                perturb_seed=perturb_seed,
                cut=cut,
                skip=skip,
                show=show,
            )

        try:
            return self._ask(probe, request, len(examples), after(self._deadlines.exercise))
        except Fault as fault:
            return [_observed(fault)]

    def measure(self, probe: Probe, example: bytes) -> bytes:
        """Return one example's encoded limits, as the reference sets them. Raises `Fault` and `RunnerTrouble`."""
        return self._ask(probe, lambda number: wire.Measure(number, probe.id, (example,)), 1, after(60.0))[0].body

    def simulate(self, probe: Probe, examples: Sequence[bytes]) -> list[bytes]:
        """Return encoded `Simulated` records of examples on a device that is not there; none where that failed.

        What the submission keeps from these calls is no plain tensor: ask last, or call `fresh` afterwards.
        """
        fault = self.load_fault
        try:
            observed = self._ask(
                probe,
                lambda number: wire.Simulate(number, probe.id, tuple(examples)),
                len(examples),
                after(self._deadlines.exercise),
            )
        except (Fault, RunnerTrouble):
            self.load_fault = fault  # it was loaded before: this says nothing of the answer
            self.fresh()
            return []
        return [one.body for one in observed]

    def quiet(self) -> bool:
        """Say whether no runner has sent anything that was not asked for; those that have are killed."""
        noisy = [profile for profile, runner in self._runners.items() if not _is_quiet(runner.sock)]
        for profile in noisy:
            self._kill(profile)
        return not noisy

    def _one_by_one(
        self, probe: Probe, ask: Callable[[int, int], Make], indices: range, first: Fault, wrong: Wrong | None
    ) -> list[Observed]:
        self.fresh()
        deadline = after(self._deadlines.exercise)
        found: list[Observed] = []
        for index in indices:
            try:
                found += self._ask(probe, ask(index, index + 1), 1, deadline)
            except Fault as fault:
                return [*found, _observed(fault)]
            if wrong is not None and wrong(index, found[-1].body):
                return found
        if first.observation.outcome == "timeout":
            return found
        return found if self.quiet() else [*found, _observed(first)]

    def _ask(self, probe: Probe, make: Make, count: int, deadline: float) -> list[Observed]:
        runner = self._runner(probe.profile)
        self._asked.add(probe.id.partition("/")[0])
        seconds = self._deadlines.example if probe.seconds is None else probe.seconds
        patient = seconds + 0.05 * count
        limit = seconds if after(patient) <= deadline else self._deadlines.exercise
        reply = self._exchange(probe.profile, runner, make, patient, deadline, limit)
        if not isinstance(reply, wire.Results) or not len(reply.bodies) == len(reply.metas) == count:
            self._fault(probe.profile, "protocol", say("the answer is not of the form that was asked for"))
        return [Observed(body, meta) for body, meta in zip(reply.bodies, reply.metas, strict=True)]

    def _runner(self, profile: Profile) -> RunnerProcess:
        if self.load_fault is not None:
            raise Fault(self.load_fault.outcome, self.load_fault.detail)
        if profile in self._runners and profile not in self._blank:
            return self._runners[profile]
        while True:
            if profile not in self._blank:
                self._runners[profile] = self._zygote.fork(profile, self._limits)
            self._blank.discard(profile)
            runner = self._runners[profile]
            try:
                reply = self._exchange(profile, runner, self._load_request, self._deadlines.load)
            except Fault as fault:
                self._leave_out(fault)
                continue
            if not isinstance(reply, wire.Loaded):
                self._fault(profile, "protocol", say("the answer is not of the form that was asked for"))
            if self.loaded is None:
                self.loaded = reply
            return runner

    def _load_request(self, number: int) -> wire.Request:
        return load_of(number, self._source, tuple(self._skip), self._limits.output_characters)

    def _leave_out(self, fault: Fault) -> None:
        """Leave the statement out that ended the process or its time; raise where that cannot help."""
        begun = self._begun
        place = (begun.cell, begun.statement) if begun is not None else None
        if fault.ended and not self._crashed:
            self._crashed = True
            return
        helps = fault.observation.outcome in ("timeout", "crashed", "memory")
        if not helps or begun is None or place is None or place in self._skip or len(self._skip) >= MOST_LEFT_OUT:
            detail = say("while the file was being loaded, {what}", what=fault.observation.detail)
            self.load_fault = Observation(fault.observation.outcome, detail=detail)
            raise Fault(fault.observation.outcome, detail) from fault
        self._skip[place] = begun, fault.observation

    @property
    def left_out(self) -> tuple[tuple[wire.Begun, Observation], ...]:
        """Statements that ended a process while they were executed, and how."""
        return tuple(self._skip.values())

    def _exchange(
        self,
        profile: Profile,
        runner: RunnerProcess,
        make: Make,
        seconds: float,
        latest: float = math.inf,
        limit: float | None = None,
    ) -> wire.Reply:
        """Ask and return the answer; `limit` is what the course sets, to be told where the time is up."""
        request = make(secrets.randbits(62))
        deadline = min(after(seconds), latest)
        self._begun = None
        try:
            wire.send_frame(runner.sock, wire.encode(request), deadline)
            reply = self._reply(runner, request, deadline)
        except wire.WireTimeout:
            had = seconds if limit is None else limit
            self._fault(profile, "timeout", say("no answer within {seconds:g} s", seconds=had), had)
        except wire.WireClosed:
            self._ended(profile)
        except (wire.WireProblem, msgspec.MsgspecError, RecursionError) as error:
            detail = say("the answer could not be read: {error}", error=str(error)[:200])
            self._fault(profile, "protocol", detail)
        if reply.id != request.id:
            self._fault(profile, "protocol", say("an answer came that nobody asked for"))
        if isinstance(reply, wire.Failed):
            if reply.why == "memory":
                self._fault(profile, "memory", say("no memory was left to answer with"))
            if reply.why == "device":
                detail = say("the device can be used no more after this: {error}", error=reply.message[:500])
                self._fault(profile, "crashed", detail)
            self._kill(profile)
            raise RunnerTrouble(reply.message[:2000])
        return reply  # a Loaded or Results: their senders check which

    def _reply(self, runner: RunnerProcess, request: wire.Request, deadline: float) -> wire.Reply:
        """Return the answer; on the way to it, note which statement of the submission was begun last."""
        while True:
            reply: wire.Reply = wire.decode_reply(wire.receive_frame(runner.sock, deadline))
            if not isinstance(reply, wire.Begun) or not isinstance(request, wire.Load) or reply.id != request.id:
                return reply
            self._begun = reply

    def _ended(self, profile: Profile) -> NoReturn:
        self._blank.discard(profile)
        exit = self._runners.pop(profile).kill()
        if exit.out_of_memory:
            raise Fault("memory", ended(exit), ended=True)
        raise Fault("crashed", ended(exit), ended=True)

    def _fault(self, profile: Profile, outcome: Outcome, detail: str, seconds: float = 0.0) -> NoReturn:
        self._kill(profile)
        raise Fault(outcome, detail, seconds)

    def _kill(self, profile: Profile) -> None:
        self._blank.discard(profile)
        runner = self._runners.pop(profile, None)
        if runner is not None:
            runner.kill()


def _observed(fault: Fault) -> Observed:
    return Observed(encode_observation(fault.observation), Meta(fault.seconds))


def _is_quiet(sock: socket.socket) -> bool:
    sock.setblocking(False)
    try:
        return not sock.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        return True  # it ended: the next question will say so
    finally:
        sock.setblocking(True)
