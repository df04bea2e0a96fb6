"""What a function was really given: noted in the runner at its first call, shown where it is not what was drawn."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy
import pytest
import torch

from grader.authoring.exercises import Probe
from grader.engine.runner.convert import to_value
from grader.engine.runner.showing import showing
from grader.judging.actual_arguments import actual_arguments
from grader.judging.comparison import Failure
from grader.records.findings import Finding, Kind
from grader.records.observations import Example, Meta, Observation, Observed, encode_example, encode_observation


def scale(x: Any, by: Any = 2) -> Any:
    x *= by
    return x


def shown(run: Any, kind: Kind = "value", **drawn: Any) -> str:
    """Return what is told of the first call that a probe makes of `scale`."""
    probe = Probe("scale", run, {})
    submission = SimpleNamespace(scale=scale, other=scale, Layer=torch.nn.Linear)

    def call(probe: Probe, examples: Any, device: str, *, show: tuple[str, ...]) -> list[Observed]:
        seen = showing(probe, show).run(submission, **drawn)
        return [Observed(encode_observation(Observation("returned", to_value(seen))), Meta())]

    example = encode_example(Example({name: to_value(value) for name, value in drawn.items()}))
    failure = Failure(probe, "cpu", example, (Finding(kind=kind, must=True, message="It differs."),))
    session: Any = SimpleNamespace(call=call)
    return actual_arguments(session, failure, ("scale", "Layer"))


ONE, TWO = torch.tensor([1.0, 2.0]), numpy.array([3, 4])


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (lambda s, x: s.scale(x + 1), "# scale was called with\nx = torch.tensor([2., 3.])"),
        (lambda s, x: s.scale(x * 3, by=[x]), "x = torch.tensor([3., 6.])\nby = [torch.tensor([1., 2.])]"),
        (lambda s, x: [s.scale(x.clone()) for _ in range(2)], ""),
        (lambda s, x: s.scale(x.clone().requires_grad_() + 0), ""),
        (lambda s, x: s.other(x + 1), ""),
        (lambda s, x: s.scale(torch.nn.Identity()), ""),
        (lambda s, x: s.Layer(2, 3), ""),
        (lambda s, x: s.scale(x.double()), "x = torch.tensor([1., 2.], dtype=torch.float64)"),
        (lambda s, x: s.scale(1, 2, 3), "argument_1 = 1\nargument_2 = 2\nargument_3 = 3"),
        (lambda s, x: s.scale(torch.zeros(1000)), "x = torch.zeros((1000,))"),
        (lambda s, x: s.missing(x), ""),
    ],
)
def test_only_what_is_another_thing_is_shown(run: Any, code: str) -> None:
    told = shown(run, x=ONE)
    assert (code in told) if code else told == "", told


def test_arrays_and_nothing_after_what_would_take_time() -> None:
    assert shown(lambda s, x: s.scale(x.copy()), x=TWO) == ""
    assert "x = numpy.array" in shown(lambda s, x: s.scale(x + 1), x=TWO).replace("np.array", "numpy.array")
    assert shown(lambda s, x: s.scale(x + 1), kind="timeout", x=ONE) == ""
