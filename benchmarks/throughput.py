"""Submissions a minute, side by side in one run: the grader, a pytest process per submission, and the floor.

    python -m benchmarks [--submissions 24] [--pytest 3] [--json FILE]

All three put the same 8 exercises of the assignment einsum to a submission, with 100 examples each, one submission at a
time on one core's worth of work:

(a) the grader: a locked-down runner per submission, observations compared outside, counterexamples minimised;
(b) a pytest process per submission: the same input spaces drawn live by Hypothesis, the same probes on submission and
    reference in one process, the same comparison;
(c) the floor: the grader's examples replayed on the submission in one warm process, gradients taken, nothing compared.

Of each, the fastest of all repetitions counts: what other work on the machine adds is left out on all sides alike.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXERCISES = ("transpose", "trace", "row_sums", "dot", "hadamard", "matmul", "bilinear", "attention_scores")
EXAMPLES = 100


def wanted() -> frozenset[str]:
    return frozenset(f"einsum.{name}" for name in EXERCISES)


@dataclasses.dataclass(frozen=True)
class Timing:
    """Seconds a submission, and what it cost once."""

    seconds: float
    once: float
    count: int

    def a_minute(self, amortised: int | None = None) -> float:
        """Return submissions a minute, the start shared by `amortised` submissions when given."""
        return 60 / (self.seconds + (self.once / amortised if amortised else 0))


def the_grader(count: int, wrong: bool) -> Timing:
    """Grade the reference `count` times; with `wrong`, with a typical mistake in two of its exercises."""
    from grader.course.settings import load_course
    from grader.judging.schedule import Options, grade_all, grade_one, open_graders, reference_code
    from grader.submissions.finding import Submission

    course = load_course(ROOT)
    start = time.perf_counter()
    with open_graders(course, ["einsum"], Options(jobs=1, examples=EXAMPLES, seed=1, exercises=wanted())) as graders:
        source = reference_code(ROOT, "einsum")
        cells = (*source.cells, _mistakes()) if wrong else source.cells
        submissions = [Submission(f"s{number}", "einsum", "einsum.py", cells) for number in range(count + 1)]
        first = grade_one(graders, submissions[0])  # makes and caches the expected side
        outcomes = {verdict.exercise: verdict.outcome for verdict in first.verdicts}
        failing = sorted(name for name, outcome in outcomes.items() if outcome != "passed")
        assert failing == (["einsum.matmul", "einsum.row_sums"] if wrong else []), outcomes
        ready = time.perf_counter()
        done = [graded for _, graded in grade_all(graders, [(one, ()) for one in submissions[1:]], 1)]
        assert len(done) == count
        return Timing(min(graded.seconds for graded in done), ready - start, count)


def _mistakes() -> str:
    return (
        "def row_sums(x):\n    return torch.einsum('ij->j', x)\n\n"
        "def matmul(a, b):\n    return torch.einsum('ij,kj->ik', a, b)\n"
    )


def pytest_processes(count: int) -> Timing:
    """Run a pytest process for each of `count` submissions."""
    test = ROOT / "benchmarks" / "pytest_submission.py"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:benchmark", "-c", os.devnull]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "SUBMISSION": str(ROOT / "solutions/einsum/einsum.py")}
    times = []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as scratch:
            start = time.perf_counter()
            done = subprocess.run(
                [*command, f"--rootdir={scratch}", str(test)],
                cwd=scratch,
                env=environment,
                capture_output=True,
                text=True,
            )
            times.append(time.perf_counter() - start)
        assert f"{len(EXERCISES)} passed" in done.stdout, done.stdout + done.stderr
    return Timing(min(times), 0.0, count)


def the_floor(count: int) -> Timing:
    """Replay the grader's bank on the reference in this process, `count` times."""
    import torch

    from grader.course.loading import load_exercises
    from grader.course.settings import load_course
    from grader.engine.runner.execute import execute
    from grader.engine.runner.inputs import Inputs
    from grader.engine.wire import Load
    from grader.judging.examples.cache import banks_for
    from grader.judging.schedule import reference_code
    from grader.records.observations import decode_example

    torch.set_num_threads(1)
    load_course(ROOT)
    exercises = [exercise for exercise in load_exercises(ROOT, "einsum") if exercise.id in wanted()]
    banks = banks_for(exercises, EXAMPLES, 1, None)
    source = reference_code(ROOT, "einsum")
    submission, _ = execute(Load(0, "einsum", "einsum.py", source.cells), lambda *told: None)
    work = [
        (probe, Inputs(decode_example(example)))
        for exercise in exercises
        for probe in exercise.probes
        for example in banks[probe.id].examples
    ]
    times = []
    for _ in range(count):
        start = time.perf_counter()
        for probe, inputs in work:
            arguments, lent = inputs.lend()
            result = probe.run(submission, **arguments)
            leaves = [one.thing for one in lent if getattr(one.thing, "requires_grad", False)]
            if leaves and result.requires_grad:
                torch.autograd.grad(result.sum(), leaves)
        times.append(time.perf_counter() - start)
    return Timing(min(times), 0.0, count)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=24)
    parser.add_argument("--pytest", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    right = the_grader(options.submissions, wrong=False)
    wrong = the_grader(max(options.submissions // 2, 4), wrong=True)
    processes = pytest_processes(options.pytest)
    floor = the_floor(options.submissions)
    rows = {
        "(a) grader": right,
        "(a') grader, 2 of 8 exercises wrong": wrong,
        "(b) pytest process each": processes,
        "(c) floor: warm replay": floor,
    }
    print(f"{len(EXERCISES)} exercises x {EXAMPLES} examples, one submission at a time\n")
    print(f"{'':38}{'ms each':>9}{'a minute':>10}{'start, s':>10}")
    for name, timing in rows.items():
        print(f"{name:38}{timing.seconds * 1e3:9.1f}{timing.a_minute():10.0f}{timing.once:10.1f}")
    ratios = {
        "a_over_b": processes.seconds / right.seconds,
        "a_over_b_with_start_shared_by_100": right.a_minute(100) / processes.a_minute(),
        "a_wrong_over_b": processes.seconds / wrong.seconds,
        "cost_of_a_over_c": right.seconds / floor.seconds,
    }
    print(f"\n(a) is {ratios['a_over_b']:.0f} times (b)", end="")
    print(
        f" ({ratios['a_over_b_with_start_shared_by_100']:.0f} times with the start shared by 100 submissions;", end=""
    )
    print(f" {ratios['a_wrong_over_b']:.0f} times with wrong answers explained)")
    print(f"(a) costs {ratios['cost_of_a_over_c']:.1f} times (c)")
    if options.json:
        seconds = {name: dataclasses.asdict(timing) for name, timing in rows.items()}
        options.json.write_text(json.dumps({"timings": seconds, "ratios": ratios}, indent=1) + "\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
