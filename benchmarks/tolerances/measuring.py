"""Puts answers to the examples that the grader draws, and compares as the judge does, in this process."""

from __future__ import annotations

import dataclasses
import types
from functools import partial
from typing import Any

from benchmarks.tolerances.problem import Answer, Problem
from grader.authoring.exercises import Probe
from grader.engine.runner.call import call_probe
from grader.engine.runner.execute import Submission
from grader.engine.runner.inputs import Inputs
from grader.engine.runner.measure import measure
from grader.judging.comparison import findings_of
from grader.judging.examples.bank import draw_bank
from grader.records.limits import LazyLimits
from grader.records.observations import decode_example, encode_observation


@dataclasses.dataclass(frozen=True)
class Refusal:
    """An answer that lost points on a bank, and what is told of the first example on which it does."""

    problem: str
    style: str
    seed: int
    message: str
    example: bytes


def refusals(problem: Problem, answers: dict[str, Answer], seed: int, examples: int) -> dict[str, Refusal]:
    """Return the answers that the judge refuses on the bank of one seed, by name."""
    bank = Bank(problem, seed, examples)
    found = {name: bank.refusal(name, answer) for name, answer in answers.items()}
    return {name: refusal for name, refusal in found.items() if refusal is not None}


class Bank:
    """The examples of a problem with the reference's observations; limits are measured where they are asked for."""

    def __init__(self, problem: Problem, seed: int, examples: int) -> None:
        self._problem, self._seed = problem, seed
        self._probe = Probe(problem.name, _run, problem.arguments, id=f"tolerances.{problem.name}")
        self._reference = _submission(problem.reference)
        self._examples = draw_bank(self._probe, examples, seed).examples
        self._inputs = [Inputs(decode_example(example)) for example in self._examples]
        self._expected = [self._observed(self._reference, inputs) for inputs in self._inputs]
        self._limits: dict[int, bytes] = {}

    def refusal(self, name: str, answer: Answer) -> Refusal | None:
        """Return what an answer loses points for, None where it passes."""
        submission = _submission(answer)
        for index, inputs in enumerate(self._inputs):
            body = self._observed(submission, inputs)
            if body == self._expected[index]:
                continue
            limits = LazyLimits(partial(self._limit, index))
            for finding in findings_of(self._probe, self._examples[index], self._expected[index], body, limits):
                if finding.must:
                    return Refusal(self._problem.name, name, self._seed, finding.message, self._examples[index])
        return None

    def _observed(self, submission: Submission, inputs: Inputs) -> bytes:
        return encode_observation(call_probe(self._probe, submission, inputs, "answer.py")[0])

    def _limit(self, index: int) -> bytes:
        if index not in self._limits:
            example = decode_example(self._examples[index])
            self._limits[index] = measure(self._probe, self._reference, example, "reference.py")
        return self._limits[index]


def _run(submission: Any, **arguments: Any) -> Any:
    return submission.answer(*arguments.values())


def _submission(answer: Answer) -> Submission:
    module = types.ModuleType("answer")
    module.__dict__["answer"] = answer
    return Submission(module)
