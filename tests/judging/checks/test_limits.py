"""Right answers in another style pass where the problem is badly conditioned; half precision does not."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F

from grader.authoring import forward_backward, tensors
from grader.authoring.declarations import make_probe
from grader.authoring.exercises import Policy, Probe
from grader.engine.runner.call import call_probe
from grader.engine.runner.execute import Submission
from grader.engine.runner.inputs import Inputs
from grader.engine.runner.measure import measure
from grader.judging.checks import compare
from grader.judging.examples.bank import draw_bank
from grader.records.limits import decode_limits
from grader.records.observations import decode_example

Answer = Callable[..., torch.Tensor]


def _norm(submission: Any, x: Any = tensors("b d", min_size=1), w: Any = tensors("d", min_size=1)) -> Any:
    return submission.answer(x, w)


def _layer(x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
    return F.layer_norm(x, w.shape, w)


def _layer_formula(x: torch.Tensor, w: torch.Tensor, eps: float = 1e-5) -> torch.Tensor:
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(x.var(-1, correction=0, keepdim=True) + eps) * w


def _rms(x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
    return F.rms_norm(x, w.shape, w, eps=1e-5)


def _softmax(x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
    return F.softmax(x * w, -1)


RIGHT: list[tuple[Answer, Answer]] = [
    (_layer, _layer_formula),
    (_rms, lambda x, w: w * x / torch.sqrt((x**2).mean(-1, keepdim=True) + 1e-5)),
    (_rms, lambda x, w: x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * w),
    (_softmax, lambda x, w: torch.exp(x * w - torch.logsumexp(x * w, -1, keepdim=True))),
    (lambda x, w: x.abs() * w, lambda x, w: torch.where(x > 0, x, -x) * w),  # another gradient at the kink
    (lambda x, w: x.amax(-1), lambda x, w: x.max(-1).values),  # and at equal maxima
]
WRONG: list[tuple[Answer, Answer]] = [
    (_layer, lambda x, w: _layer(x.half(), w.half()).to(x.dtype)),
    (_layer, lambda x, w: _layer_formula(x, w, 0.0)),
    (_rms, lambda x, w: _rms(x, w).bfloat16().to(x.dtype)),
    (_softmax, lambda x, w: (x * w).exp() / (x * w).exp().sum(-1, keepdim=True)),
    (_softmax, lambda x, w: _softmax(x.float(), w.float()).to(x.dtype)),
    (lambda x, w: x.abs() * w, lambda x, w: x.detach().abs() * w + x - x.detach()),  # another slope beside the kink
]


def _submission(answer: Answer) -> Submission:
    module = types.ModuleType("answer")
    module.__dict__["answer"] = answer
    return Submission(module)


def _refused(reference: Answer, answer: Answer, seed: int) -> list[str]:
    probe: Probe = make_probe(_norm)
    found = []
    for encoded in draw_bank(probe, 40, seed).examples:
        example = decode_example(encoded)
        expected, came = (
            call_probe(probe, _submission(one), Inputs(example), "answer.py")[0] for one in (reference, answer)
        )
        if expected == came:
            continue
        limits = decode_limits(measure(probe, _submission(reference), example, "reference.py"))
        found += [finding.message for finding in compare(expected, came, Policy(), limits) if finding.must]
    return found


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_right_answers_in_another_style_pass(number: int) -> None:
    assert _refused(*RIGHT[number], seed=0) == []


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_numerical_faults_are_caught(number: int) -> None:
    assert _refused(*WRONG[number], seed=0)


class Scaled(torch.nn.Module):
    """Parameters of float32 whatever the input, as modules have them."""

    def __init__(self, first: bool) -> None:
        super().__init__()
        self.rate, self.by = torch.nn.Parameter(torch.tensor(7.0)), torch.nn.Parameter(torch.tensor(5.0))
        self.first = first

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the input times 7 / 5; `first` divides the two in float32."""
        return self.rate / self.by * x if self.first else self.rate * x / self.by


def _trained(submission: Any, x: Any = tensors("n", "float64", min_size=1, gradient=False)) -> Any:
    return forward_backward(submission.answer(), x)["output"]


def test_float32_parameters_leave_float64_results_the_digits_of_float32() -> None:
    probe = make_probe(_trained)
    reference, answer, wrong = (
        _submission(made) for made in (lambda: Scaled(False), lambda: Scaled(True), lambda: Scaled(True).bfloat16())
    )
    for encoded in draw_bank(probe, 10, 1).examples:
        example = decode_example(encoded)
        limits = decode_limits(measure(probe, reference, example, "reference.py"))
        expected, came, coarse = (
            call_probe(probe, one, Inputs(example), "answer.py")[0] for one in (reference, answer, wrong)
        )
        assert compare(expected, came, Policy(), limits) == ()
        assert compare(expected, coarse, Policy(), limits)
