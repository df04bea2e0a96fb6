"""Requests to a runner, of what a session knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.authoring.exercises import Probe
from grader.engine import wire
from grader.engine.submission_code import SubmissionCode

Make = Callable[[int], wire.Request]
"""Makes a request with the id that it is given."""


def load_of(number: int, code: SubmissionCode, skip: tuple[tuple[int, int], ...], output: int) -> wire.Load:
    """Return the request to execute a submission, but for the statements to leave out."""
    return wire.Load(
        number,
        code.assignment,
        code.filename,
        code.cells,
        skip=skip,
        notebook=code.is_notebook,
        files=dict(code.files),
        output=output,
    )


def replay_of(
    probe: Probe, device: str, trace: bool, follow: tuple[str, ...], sent: Sequence[bytes], start: int, stop: int
) -> Make:
    """Return what makes the request to run some examples of a bank; those in `sent` are not held by the zygote."""

    def request(number: int) -> wire.Request:
        if sent:
            return wire.Call(number, probe.id, tuple(sent[start:stop]), device, trace, follow)
        return wire.Replay(number, probe.id, start, stop, device, trace, follow)

    return request
