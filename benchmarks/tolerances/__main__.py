"""How numbers are judged: right answers in other styles, none refused, and numerical faults, all caught.

    python -m benchmarks.tolerances [--seeds 20] [--examples 30] [--jobs 1] [--only NAME] [--verbose]

Each function of the catalogue is a reference that calls torch's own; answers are put to the examples that the grader
draws for such input spaces, gradients included, and compared by the judge's own path. A fault counts as caught with a
seed when it loses points on one example of its bank. Exits with 1 when a right answer is refused or a fault passes.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import torch

from benchmarks.tolerances.catalogue import PROBLEMS
from benchmarks.tolerances.measuring import Refusal, refusals
from grader.judging.counterexample import example_code
from grader.records.observations import decode_example


def judged(place: int, seeds: int, examples: int) -> tuple[list[Refusal], Counter[str]]:
    """Return the right answers of one problem that were refused, and how often each fault was caught."""
    torch.set_num_threads(1)
    problem = PROBLEMS[place]
    refused: list[Refusal] = []
    caught: Counter[str] = Counter(dict.fromkeys(problem.planted(), 0))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's own, about half precision and the like
        for seed in range(seeds):
            found = refusals(problem, {**problem.right, **_marked(problem.planted())}, seed, examples)
            refused += [refusal for name, refusal in found.items() if name in problem.right]
            caught.update(name[1:] for name in found if name.startswith("!"))
    return refused, caught


def _marked(faults: dict[str, object]) -> dict[str, object]:
    return {f"!{name}": fault for name, fault in faults.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tolerances", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--examples", type=int, default=30)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default="", help="problems whose name holds this")
    parser.add_argument("--verbose", action="store_true", help="each refusal, with its input")
    asked = parser.parse_args(arguments)
    places = [place for place, problem in enumerate(PROBLEMS) if asked.only in problem.name]
    one = partial(judged, seeds=asked.seeds, examples=asked.examples)
    if asked.jobs > 1:
        with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool:
            results = list(pool.map(one, places))
    else:
        results = [one(place) for place in places]
    return _print(places, results, asked.seeds, verbose=asked.verbose)


def _print(places: list[int], results: list[tuple[list[Refusal], Counter[str]]], seeds: int, *, verbose: bool) -> int:
    print(f"{'right answers in another style':34} {'asked':>6} {'refused':>8}")
    for place, (refused, _) in zip(places, results, strict=True):
        print(f"{PROBLEMS[place].name:34} {len(PROBLEMS[place].right) * seeds:6} {len(refused):8}")
        for refusal in refused if verbose else refused[:2]:
            print(f"    {refusal.style}, seed {refusal.seed}: {refusal.message}")
            if verbose:
                print(example_code(decode_example(refusal.example)))
    print(f"\n{'numerical faults':34} {'planted':>6} {'passed':>8}")
    for place, (_, caught) in zip(places, results, strict=True):
        passed = {name: seeds - count for name, count in caught.items() if count < seeds}
        print(f"{PROBLEMS[place].name:34} {len(caught) * seeds:6} {sum(passed.values()):8}")
        for name, count in passed.items():
            print(f"    {name}: passed with {count} of {seeds} seeds")
    right = sum(len(PROBLEMS[place].right) for place in places) * seeds
    planted = sum(len(caught) for _, caught in results) * seeds
    refusals_ = sum(len(refused) for refused, _ in results)
    missed = planted - sum(sum(caught.values()) for _, caught in results)
    print(
        f"\n{len(places)} functions, {seeds} seeds: {refusals_} of {right} right answers refused, "
        f"{missed} of {planted} faults passed"
    )
    return 1 if refusals_ or missed else 0


if __name__ == "__main__":
    sys.exit(main())
