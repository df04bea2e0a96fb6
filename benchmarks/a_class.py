"""What a class costs: `python -m benchmarks.a_class [--submissions 60] [--pytest 2] [--json FILE]`; 1000 is the whole.

As many synthetic submissions as asked for, no two the same, of 8 exercises with 100 examples each; a fifth of them are
wrong, in one of a dozen ways. They are graded as `grader grade` does, store included, with one job and with two, each
time from the start. Printed, and written as JSON:

- submissions a minute, and CPU seconds a submission of judge, zygote and runners together;
- the proportional set size of a runner (the median), and how the judge's resident set grows;
- where the time goes with one job: in the students' code, in what else the runner does before its answer is here
  (loading, watching, encoding, sending), in comparing, in forks, in the rest;
- what one submission costs at the beginning and at the end of the class;
- the start, until the first submission is graded, against what `import torch` takes;
- a pytest process for each submission and the floor, as `benchmarks.throughput` has them.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import functools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.throughput import EXAMPLES, ROOT, pytest_processes, the_floor, wanted

WRONG_SHARE = 0.2
WRONG = (
    "def row_sums(x):\n    return torch.einsum('ij->j', x)",
    "def matmul(a, b):\n    return torch.einsum('ij,kj->ik', a, b)",
    "def matmul(a, b):\n    return a @ b",
    "def trace(x):\n    return torch.einsum('ii->i', x)",
    "def dot(a, b):\n    return torch.einsum('i,i->', a, b).item()",
    "def dot(a, b):\n    return torch.einsum('i,i->i', a, b)",
    "def hadamard(a, b):\n    a *= b\n    return a",
    "def hadamard(a, b):\n    raise NotImplementedError",
    "def transpose(x):\n    return torch.einsum('rc->cr', x.detach())",
    "def transpose(x):\n    return torch.einsum('rc->cr', x).float()",
    "def bilinear(x, w, y):\n    return torch.einsum('bi,oij,bj->bi', x, w, y)",
    "def attention_scores(q, k):\n    return torch.einsum('qd,kd->qk', q, k)",
    "def trace(x:\n    return",
)
"""Answers that are wrong, each another way: value, shape, type, ban, mutation, gradient, dtype, exception, syntax."""


@dataclasses.dataclass
class Measured:
    """One grading of the class."""

    jobs: int
    start: float
    """Seconds until the first submission was graded."""
    seconds: float
    """Of wall time for the others."""
    cpu: float
    """Seconds of judge, zygote and runners for all of it."""
    runner_pss: float
    """MiB, the median of the largest that each was seen with."""
    judge_rss: tuple[float, float]
    """MiB after the first submission and after the last."""
    each: list[float]
    """Wall seconds of every submission, in the order in which they were finished."""
    students: float
    shares: dict[str, float]
    wrong: int


def synthetic(count: int, seed: int = 0) -> list[Any]:
    """Return submissions of which no two are the same."""
    from grader.judging.schedule import reference_code
    from grader.submissions.finding import Submission

    chance = random.Random(seed)
    cells = reference_code(ROOT, "einsum").cells
    found = []
    for number in range(count):
        own = [f"# student {number}\nchosen_{number} = {chance.random()}"]
        if chance.random() < WRONG_SHARE:
            own.append(WRONG[number % len(WRONG)])
        text = "\n\n".join([*cells, *own])
        problem = "einsum.py, line 9: '(' was never closed" if WRONG[-1] in text else None
        found.append(Submission(f"s{number:05}", "einsum", "einsum.py", (text,), (), problem))
    return found


class Clock:
    """A sink that notes when submissions are finished."""

    def __init__(self) -> None:
        self.begun = time.perf_counter()
        self.first = 0.0
        self.rss: list[float] = []
        self.each: list[float] = []
        self.students = 0.0
        self.wrong = 0

    def begin(self, run: Any) -> None:
        pass

    def add(self, graded: Any, place: int) -> None:
        """Note one."""
        if not self.rss:
            self.first = time.perf_counter()
        if graded.submission.problem is None:
            self.each.append(graded.seconds)
        self.students += sum(verdict.seconds for verdict in graded.verdicts)
        self.wrong += any(verdict.outcome != "passed" for verdict in graded.verdicts)
        self.rss.append(resident())


def graded(count: int, jobs: int) -> Measured:
    """Grade the class once, with a store of its own."""
    from grader.course.settings import load_course
    from grader.judging.driver import Task
    from grader.judging.incremental import grade_tasks
    from grader.judging.schedule import Options
    from grader.results.store.kept import RunNote
    from grader.results.store.store import open_store

    tasks = [Task(one) for one in synthetic(count)]
    options = Options(jobs=jobs, examples=EXAMPLES, seed=1, exercises=wanted())
    before = cpu_seconds()
    clock = Clock()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/results.sqlite", RunNote("pytorch", "benchmark", {})) as store,
        watched_runners() as sizes,
        stopwatches() as spent,
    ):
        grade_tasks(load_course(ROOT), tasks, (clock,), options, store)
    end = time.perf_counter()
    wire = max(spent["wire"] - clock.students, 0.0)
    whole = sum(clock.each) or 1.0
    parts = {
        "students' code": clock.students,
        "runner and wire": wire,
        "comparing": spent["comparing"],
        "forks": spent["forks"],
    }
    parts["rest"] = max(whole - sum(parts.values()), 0.0)
    return Measured(
        jobs=jobs,
        start=clock.first - clock.begun,
        seconds=end - clock.first,
        cpu=cpu_seconds() - before,
        runner_pss=statistics.median(sizes) if sizes else 0.0,
        judge_rss=(clock.rss[0], clock.rss[-1]),
        each=clock.each,
        students=clock.students,
        shares={name: seconds / whole for name, seconds in parts.items()},
        wrong=clock.wrong,
    )


@contextlib.contextmanager
def stopwatches() -> Iterator[dict[str, float]]:
    """Add up the time that the judge spends in what these names stand for."""
    from grader.engine import wire
    from grader.engine.sandbox.zygote import Zygote
    from grader.judging import comparison, replay

    spent: dict[str, float] = {"wire": 0.0, "comparing": 0.0, "forks": 0.0}
    places = (
        (wire, "receive_frame", "wire"),
        (wire, "send_frame", "wire"),
        (Zygote, "fork", "forks"),
        (comparison, "findings_of", "comparing"),
    )
    wrong = replay._wrong
    real = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    try:
        for (owner, name, function), (_, _, what) in zip(real, places, strict=True):
            setattr(owner, name, _timed(function, spent, what))
        replay._wrong = lambda *words: _timed(wrong(*words), spent, "comparing")
        yield spent
    finally:
        replay._wrong = wrong
        for owner, name, function in real:
            setattr(owner, name, function)


def _timed(function: Callable[..., Any], spent: dict[str, float], what: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def timed(*words: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*words, **named)
        finally:
            spent[what] += time.perf_counter() - start

    return timed


@contextlib.contextmanager
def watched_runners() -> Iterator[list[float]]:
    """Sample the proportional set size, in MiB, of the runners: the processes that never have any below themselves."""
    sizes: dict[int, float] = {}
    parents: set[int] = set()
    found: list[float] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            children = _children()
            parents.update(children)
            for pid in _below(os.getpid(), children):
                size = None if pid in parents else _pss(pid)
                sizes[pid] = max(sizes.get(pid, 0.0), size or 0.0)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join()
        found.extend(size for pid, size in sizes.items() if pid not in parents)


def _children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                stat = Path(f"/proc/{entry}/stat").read_text(encoding="utf-8", errors="replace")
                children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry))
    return children


def _below(pid: int, children: dict[int, list[int]]) -> Iterator[int]:
    for child in children.get(pid, ()):
        yield child
        yield from _below(child, children)


def _pss(pid: int) -> float | None:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return None


def resident() -> float:
    """Return this process's resident set, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def cpu_seconds() -> float:
    """Return the CPU time of this process and of all its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def import_torch() -> float:
    """Return the seconds of a Python that imports torch, the least of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import torch"], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def summary(runs: list[Measured], floor: float, pytest_each: float, torch_seconds: float, count: int) -> dict[str, Any]:
    """Return what is printed, by name."""
    one = runs[0]
    tenth = max(len(one.each) // 10, 1)
    rates = {run.jobs: 60 * (count - 1) / run.seconds for run in runs}
    return {
        "submissions": count,
        "wrong": one.wrong,
        "a minute, 1 job": rates[1],
        "a minute, 2 jobs": rates[2],
        "2 jobs over 1": rates[2] / rates[1],
        "CPU ms a submission": 1e3 * one.cpu / count,
        "wall ms a submission, median": 1e3 * statistics.median(one.each),
        "floor, ms": 1e3 * floor,
        "median over floor": statistics.median(one.each) / floor,
        "pytest process, ms": 1e3 * pytest_each,
        "pytest over median": pytest_each / statistics.median(one.each),
        "first tenth, ms": 1e3 * statistics.median(one.each[:tenth]),
        "last tenth, ms": 1e3 * statistics.median(one.each[-tenth:]),
        "PSS of a runner, MiB": max(run.runner_pss for run in runs),
        "RSS of the judge, first, MiB": one.judge_rss[0],
        "RSS of the judge, last, MiB": one.judge_rss[1],
        "start, s": min(run.start for run in runs),
        "import torch, s": torch_seconds,
        "start over import torch": min(run.start for run in runs) / torch_seconds,
        **{f"share: {name}": share for name, share in one.shares.items()},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=60)
    parser.add_argument("--pytest", type=int, default=2)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    graded(2, 1)  # examples and what the reference does are kept from now on
    runs = [graded(options.submissions, jobs) for jobs in (1, 2)]
    pytest_each = pytest_processes(options.pytest).seconds
    found = summary(runs, the_floor(10).seconds, pytest_each, import_torch(), options.submissions)
    for name, value in found.items():
        shown = (
            f"{value:9.0%}"
            if name.startswith("share")
            else f"{value:9.1f}"
            if isinstance(value, float)
            else f"{value:9}"
        )
        print(f"{name:34}{shown}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
