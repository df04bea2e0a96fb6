"""Deadlines stretch on a busy machine, within bounds; what becomes of a runner that cannot go on."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.authoring.exercises import Probe
from grader.engine import wire
from grader.engine.bans.findings import TOO_INTRICATE, SourceFindings
from grader.engine.deadlines import Deadlines, patience
from grader.engine.faults import RunnerTrouble
from grader.engine.sandbox.exits import Exit
from grader.engine.session import Session
from grader.engine.submission_code import SubmissionCode
from grader.records.observations import Meta, decode_observation
from tests.courses import write


@pytest.mark.parametrize(("load", "expected"), [(0.0, 1.0), (2.0, 1.0), (6.0, 3.0), (90.0, 4.0)])
def test_deadlines_stretch_by_the_load_of_a_core(monkeypatch: pytest.MonkeyPatch, load: float, expected: float) -> None:
    monkeypatch.setattr("grader.engine.deadlines._CORES", 2)
    monkeypatch.setattr("grader.engine.deadlines._PRESSURE", ("/nothing/here",))
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert patience() == expected


def test_a_host_without_a_load_average_keeps_the_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.engine.deadlines._PRESSURE", ("/nothing/here",))
    monkeypatch.delattr(os, "getloadavg")
    assert patience() == 1.0


def test_deadlines_stretch_while_everything_waits_for_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = write(tmp_path / "memory", "some avg10=90.00 avg60=1.00\nfull avg10=50.00 avg60=0.00 total=9\n")
    monkeypatch.setattr("grader.engine.deadlines._PRESSURE", (str(tmp_path / "io"), str(told)))
    monkeypatch.setattr(os, "getloadavg", lambda: (0.0, 0.0, 0.0))
    assert patience() == 2.0


class Scripted:
    """A runner, and what forks it: answers with what it was given to say."""

    def __init__(self, *replies: Callable[[int], wire.Reply]) -> None:
        self.runners = 0
        self._replies = list(replies)

    def fork(self, profile: str = "plain", limits: object = None) -> Any:
        self.runners += 1
        self.sock, other = socket.socketpair()
        threading.Thread(target=self._answer, args=(other,), daemon=True).start()
        return self

    def kill(self) -> Exit:
        self.sock.close()
        return Exit("killed by the grader", 9, None, False)

    def _answer(self, sock: socket.socket) -> None:
        with sock, contextlib.suppress(wire.WireClosed):
            while True:
                request = wire.decode_request(wire.receive_frame(sock))
                wire.send_frame(sock, wire.encode(self._replies.pop(0)(request.id)))


def loaded(number: int) -> wire.Reply:
    return wire.Loaded(number, ("f",), (), Meta())


def full(number: int) -> wire.Reply:
    return wire.Failed(number, "memory", "")


def broken(number: int) -> wire.Reply:
    return wire.Failed(number, "ours", "KeyError: 3")


def session(forker: Scripted) -> Session:
    return Session(forker, SubmissionCode("a", "a.py", ("",)), Deadlines())


PROBE = Probe("f", lambda submission: None, {}, id="a.f/f")


def test_a_submission_that_leaves_no_memory_to_answer_with_met_the_memory_limit() -> None:
    forker = Scripted(loaded, full, loaded, full)
    with session(forker) as asked:
        found = asked.observe(PROBE, 3)
    assert [decode_observation(one.body).outcome for one in found] == ["memory"]
    assert forker.runners == 2


def test_a_runner_whose_own_code_fails_is_trouble_and_is_killed() -> None:
    forker = Scripted(loaded, broken, loaded)
    with session(forker) as asked:
        with pytest.raises(RunnerTrouble, match="KeyError: 3"):
            asked.observe(PROBE, 3)
        asked.load()
    assert forker.runners == 2


ASKED = [wire.Watched(("f",), ("torch.gather",), ())]


def readings(grown: int = 0, count: int = 1) -> Callable[[int], wire.Reply]:
    return lambda number: wire.Readings(number, (SourceFindings(),) * count, grown)


def test_a_source_is_read_in_the_runner_that_then_executes_it() -> None:
    script = Scripted(readings(), loaded)
    session = Session(script, SubmissionCode("a", "a.py", ("def f(): ...",)), Deadlines())
    assert session.read(ASKED) == (SourceFindings(),)
    session.load()
    assert session.loaded is not None
    assert script.runners == 1


def test_a_runner_that_reading_made_large_executes_nothing() -> None:
    script = Scripted(readings(grown=200 << 20), loaded)
    session = Session(script, SubmissionCode("a", "a.py", ("def f(): ...",)), Deadlines())
    session.read(ASKED)
    session.load()
    assert script.runners == 2


@pytest.mark.parametrize("reply", [readings(count=2), loaded])
def test_a_source_that_cannot_be_read_hides_what_it_calls(reply: Callable[[int], wire.Reply]) -> None:
    script = Scripted(reply, reply, loaded)
    session = Session(script, SubmissionCode("a", "a.py", ("def f(): ...",)), Deadlines())
    assert session.read(ASKED) == (SourceFindings(unclear=(TOO_INTRICATE,)),)
    session.load()
    assert (session.load_fault, script.runners) == (None, 3)


def test_what_has_cost_all_memory_is_not_read_again() -> None:
    script = Scripted(lambda number: wire.Failed(number, "memory", ""))
    session = Session(script, SubmissionCode("a", "a.py", ("def f(): ...",)), Deadlines())
    assert session.read(ASKED) == (SourceFindings(unclear=(TOO_INTRICATE,)),)
    assert script.runners == 1
