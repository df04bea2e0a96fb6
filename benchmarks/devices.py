"""What other devices cost: `python -m benchmarks.devices [--rounds 10] [--assignment einsum]`.

The reference is handed in again and again, in turn without the simulated device and with it; printed are submissions a
minute of both and what the simulation adds, by the fastest rounds, which other work on the machine disturbs least.
Where there is a GPU, the same bank runs there and on the CPU in turn too, in runners that are no forks.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Mapping

from benchmarks.throughput import ROOT
from grader.authoring.exercises import Severity
from grader.course.settings import load_course
from grader.engine.sandbox.gpus import has_cuda
from grader.judging.schedule import Graders, Options, grade_one, open_graders, reference_code
from grader.submissions.finding import Submission


def asking(graders: Graders, severity: Severity, devices: tuple[str, ...] = ("cpu",)) -> Graders:
    """Return graders that ask so much of other devices, and grade on these."""
    suites = {}
    for name, suite in graders.suites.items():
        exercises = [
            dataclasses.replace(
                exercise,
                probes=[
                    dataclasses.replace(probe, policy=dataclasses.replace(probe.policy, device=severity))
                    for probe in exercise.probes
                ],
            )
            for exercise in suite.exercises
        ]
        suites[name] = dataclasses.replace(suite, exercises=tuple(exercises), devices=devices)
    return dataclasses.replace(graders, suites=suites)


def fastest(ways: Mapping[str, Graders], submission: Submission, rounds: int) -> dict[str, float]:
    """Return the seconds of the fastest round of each way to grade; the first round, which warms up, does not count."""
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds + 1):
        for way, graders in ways.items():
            started = time.perf_counter()
            verdicts = grade_one(graders, submission).verdicts
            seconds[way].append(time.perf_counter() - started)
            assert all(verdict.outcome == "passed" for verdict in verdicts), verdicts
    return {way: min(taken[1:]) for way, taken in seconds.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--assignment", default="einsum")
    chosen = parser.parse_args()
    course, name = load_course(ROOT), chosen.assignment
    source = reference_code(ROOT, name)
    submission = Submission("reference", name, source.filename, source.cells)
    with open_graders(course, [name], Options(shrink_seconds=0.0)) as graders:
        ways = {"without": asking(graders, "off"), "with": asking(graders, "advice")}
        found = fastest(ways, submission, chosen.rounds)
    added = found["with"] / found["without"] - 1
    print(f"{name}, one job: {60 / found['without']:.0f} a minute, {60 / found['with']:.0f} with the simulated device")
    print(f"the simulated device adds {1000 * (found['with'] - found['without']):.0f} ms, {added:.0%} (at most 10%)")
    if not has_cuda():
        print("this machine has no GPU for CUDA: nothing was measured there")
        return
    options = Options(shrink_seconds=0.0, devices=("cpu", "cuda"), allow_weak=True)
    with open_graders(course, [name], options) as graders:
        ways = {device: asking(graders, "advice", (device,)) for device in options.devices}
        for device, taken in fastest(ways, submission, chosen.rounds).items():
            print(f"on {device}, a runner not forked: {60 / taken:.0f} a minute")


if __name__ == "__main__":
    main()
