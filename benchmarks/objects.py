"""What an exercise of objects costs: 100 examples replayed by the grader, and on the floor, exercise by exercise.

    python -m benchmarks.objects [modules buffers hooks ...] [--repeat 5] [--json FILE]

The grader's time is that of a whole submission that answers this exercise alone: a runner forked and locked down, the
reference's code loaded, its examples replayed, compared and decided. The floor replays the same examples in one warm
process, where nothing is isolated or compared. Of each, the fastest repetition counts. Probes that need files or
workers have no floor: they are put to a runner only.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.throughput import EXAMPLES, ROOT

if TYPE_CHECKING:
    from grader.authoring.exercises import Exercise
    from grader.judging.examples.bank import Bank
    from grader.judging.schedule import Graders

OBJECTS = ("modules", "buffers", "hooks", "init", "autograd", "datasets")
LIMIT = 0.2
"""Seconds that 100 examples of an exercise should take at most."""


@dataclasses.dataclass(frozen=True)
class Row:
    """Seconds of one exercise."""

    exercise: str
    examples: int
    grader: float
    floor: float | None


def measure(graders: Graders, name: str, repeat: int) -> Iterator[Row]:
    """Yield the times of each exercise of an assignment."""
    from grader.judging.schedule import grade_one, reference_code
    from grader.submissions.finding import Submission

    suite = graders.suites[name]
    cells = reference_code(ROOT, name).cells
    for exercise in suite.exercises:
        alone = dataclasses.replace(
            graders, suites={name: dataclasses.replace(suite, exercises=(exercise,), mistakes=None)}
        )
        times = []
        for _ in range(repeat + 1):  # the first makes and caches the expected side
            graded = grade_one(alone, Submission("reference", name, f"{name}.py", cells))
            assert graded.verdicts[0].outcome == "passed", graded.verdicts[0]
            times.append(graded.seconds)
        plain = all(probe.profile == "plain" for probe in exercise.probes)
        floor = min(_floor(name, cells, exercise, suite.banks, repeat)) if plain else None
        yield Row(exercise.id, graded.verdicts[0].examples, min(times), floor)


def _floor(
    name: str, cells: Sequence[str], exercise: Exercise, banks: Mapping[str, Bank], repeat: int
) -> Iterator[float]:
    from grader.engine.runner.execute import execute
    from grader.engine.runner.inputs import Inputs
    from grader.engine.wire import Load
    from grader.records.observations import decode_example

    submission, _ = execute(Load(0, name, f"{name}.py", tuple(cells)), lambda *told: None)
    work = [
        (probe, Inputs(decode_example(example))) for probe in exercise.probes for example in banks[probe.id].examples
    ]
    for _ in range(repeat):
        start = time.perf_counter()
        for probe, inputs in work:
            arguments, _ = inputs.lend()
            try:
                probe.run(submission, **arguments)
            except Exception as error:
                if type(error).__name__ not in probe.raises:
                    raise
        yield time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    import torch

    from grader.course.settings import load_course
    from grader.judging.schedule import Options, open_graders

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignments", nargs="*", default=OBJECTS)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")  # what torch says of hooks, a hundred times
    rows: list[Row] = []
    print(f"{'':36}{'examples':>9}{'ms':>8}{'floor':>8}{'times':>7}")
    with open_graders(load_course(ROOT), options.assignments, Options(jobs=1, examples=EXAMPLES, seed=1)) as graders:
        for name in options.assignments:
            for row in measure(graders, name, options.repeat):
                rows.append(row)
                floor = f"{row.floor * 1e3:8.1f}{row.grader / row.floor:7.1f}" if row.floor else f"{'-':>8}{'-':>7}"
                print(f"{row.exercise:36}{row.examples:9}{row.grader * 1e3:8.1f}{floor}")
    slow = [row.exercise for row in rows if row.grader * EXAMPLES > LIMIT * max(row.examples, EXAMPLES)]
    print(f"\n{len(rows) - len(slow)} of {len(rows)} take at most {LIMIT} s for {EXAMPLES} examples", end="")
    print(f"; more: {', '.join(slow)}" if slow else "")
    if options.json:
        options.json.write_text(json.dumps([dataclasses.asdict(row) for row in rows], indent=1) + "\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
