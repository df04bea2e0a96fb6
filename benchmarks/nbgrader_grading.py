"""CPU seconds a submission, side by side in one run: `grader grade --nbgrader` and `nbgrader autograde`.

    python -m benchmarks.nbgrader_grading [--notebooks 12] [--rounds 3] [--json FILE]

All grade the same answers, 8 exercises of the assignment einsum in the notebooks of 12 students, a third of whom make
two typical mistakes. First the public part, the very same notebooks on the same frozen examples:

(a) `grader grade --nbgrader --public`: the engine, outside any kernel; gradebook, autograded notebook and feedback page
    are written;
(b) `nbgrader autograde` on the notebooks as `grader release` makes them, whose test cells call the local check;
    nbgrader runs each notebook whole, as it ships.

Then a whole grading, on 100 examples of each exercise:

(c) `grader grade --nbgrader`: examples of the secret seed, smallest counterexamples;
(d) `nbgrader autograde` with property tests as instructors write them for nbgrader: the same probes, drawn live by
    Hypothesis, compared with the reference in the student's kernel.

Counted is the CPU time, user and system, of the command and of all processes that it started. Each command runs on
three notebooks and on all: the difference is what the others cost, the rest is the start, which a class shares. Ours
does not take three and twelve, but three and eight times twelve, the same twelve handed in by more students: the start
varies by more than nine notebooks cost. All take turns and medians count: other work on the machine falls on all alike.
"""

from __future__ import annotations

import argparse
import ast
import copy
import ctypes
import dataclasses
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.throughput import EXAMPLES, EXERCISES, ROOT

NAME = "einsum"
_REGION = re.compile(r"^\s*### (?:BEGIN|END) SOLUTION\n?", re.MULTILINE)
FEW = 3
OFTEN = 2
COPIES = 8
MISTAKES = {
    "row_sums": "def row_sums(x):\n    return torch.einsum('ij->j', x)",
    "matmul": "def matmul(a, b):\n    return torch.einsum('ij,kj->ik', a, b)",
}


@dataclasses.dataclass(frozen=True)
class Cost:
    """CPU seconds of one command."""

    start: float
    """What is spent however many submissions there are."""
    each: float
    count: int

    @property
    def shared(self) -> float:
        """CPU seconds a submission when these share the start."""
        return self.each + self.start / self.count


def write_course(root: Path) -> Path:
    """Write the course of 8 exercises and build what students get."""
    from grader.course.annotated import read_annotated
    from grader.course.settings import load_course
    from grader.publishing.build import write_examples, write_files

    settings = (ROOT / "course.toml").read_text(encoding="utf-8").partition("[[assignments]]")[0]
    settings = re.sub(r"graded = \d+", f"graded = {EXAMPLES}", settings)
    entry = f'[[assignments]]\nname = "{NAME}"\npoints = {len(EXERCISES)}\n'
    (root / "assignments" / NAME).mkdir(parents=True)
    (root / "solutions" / NAME).mkdir(parents=True)
    (root / "course.toml").write_text(settings + entry, encoding="utf-8")
    checks = ast.parse((ROOT / "assignments" / NAME / "checks.py").read_text(encoding="utf-8"))
    checks.body = [node for node in checks.body if not isinstance(node, ast.FunctionDef) or node.name in EXERCISES]
    (root / "assignments" / NAME / "checks.py").write_text(ast.unparse(checks) + "\n", encoding="utf-8")
    cells = read_annotated(ROOT / "solutions" / NAME / f"{NAME}.py").code
    kept = [cell for cell in cells if not cell.exercise or cell.exercise in EXERCISES]
    text = "\n\n".join(f'# %% exercise="{cell.exercise}"\n{cell.source}' for cell in kept)
    source = text.replace('# %% exercise=""', "# %%") + "\n"
    (root / "solutions" / NAME / f"{NAME}.py").write_text(source, encoding="utf-8")
    course = load_course(root)
    write_files(course, NAME)
    write_examples(course, NAME)
    return root


def write_class(root: Path, directory: Path, count: int, *, in_kernel: bool) -> None:
    """Release the course and hand in `count` notebooks, each by several students.

    With `in_kernel` their test cells are property tests of their own.
    """
    from grader.course.annotated import read_annotated
    from grader.course.settings import load_course
    from grader.integrations.nbgrader.release import release_to_nbgrader

    list(release_to_nbgrader(load_course(root), directory, [NAME]))
    config = directory / "nbgrader_config.py"
    ours, stock = "grader.integrations.nbgrader.preprocess.ExecuteTestCells", "nbgrader.preprocessors.Execute"
    config.write_text(config.read_text(encoding="utf-8").replace(ours, stock), encoding="utf-8")
    if in_kernel:
        _write_own_tests(root, directory)
    cells = read_annotated(root / "solutions" / NAME / f"{NAME}.py").code
    right = {cell.exercise: _REGION.sub("", cell.source) for cell in cells if cell.exercise}
    released = json.loads((directory / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    for number in range(count * COPIES):
        answers = right | (MISTAKES if number % count % 3 == 2 else {})
        notebook: Any = copy.deepcopy(released)
        for cell in notebook["cells"]:
            marks = cell["metadata"].get("nbgrader", {})
            if marks.get("solution"):
                cell["source"] = f"# notebook {number % count}\n{answers[marks['grade_id']]}"
        folder = directory / "submitted" / f"student{number:03}" / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def _write_own_tests(root: Path, directory: Path) -> None:
    """Put a property test into each test cell of the source, and let nbgrader generate the assignment from it."""
    path = directory / "source" / NAME / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        tested = cell["metadata"].get("grader", {}).get("tests")
        if tested:
            place = f"import sys\nsys.path.insert(0, {str(ROOT)!r})"
            cell["source"] = f"{place}\nfrom benchmarks.nbgrader_cell import check\n\n"
            cell["source"] += f"check({str(root)!r}, {tested!r}, globals())"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    nbgrader([*NBGRADER, "generate_assignment", NAME, "--force"], directory)


NBGRADER = [sys.executable, "-m", "nbgrader"]


def nbgrader(command: list[str], where: Path) -> None:
    """Run one of nbgrader's commands."""
    cpu_seconds(command, where, with_path())


def with_path() -> dict[str, str]:
    """Return the environment with this Python's own commands on PATH."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def cpu_seconds(command: list[str], where: Path, environment: dict[str, str]) -> float:
    """Run a command and return the CPU time of it and all its descendants, those that outlive their parents too."""
    _adopt_orphans()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    _wait_for_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _adopt_orphans() -> None:
    """Let processes whose parent ended become ours, so that their CPU time is counted (Linux)."""
    subreaper = 36
    ctypes.CDLL(None).prctl(subreaper, 1, 0, 0, 0)


def _wait_for_orphans(seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)
        except ChildProcessError:
            return


@dataclasses.dataclass(frozen=True)
class Subject:
    """One command to measure, on copies of one nbgrader course."""

    name: str
    command: list[str]
    directory: Path
    copies: int = 1
    """How many times the notebooks are graded: more where they cost little beside the start."""
    times: int = 1
    """How often a round."""

    def cost_of(self, students: int, environment: dict[str, str]) -> float:
        """Return the CPU seconds for the first notebooks, in a fresh copy of the course."""
        with tempfile.TemporaryDirectory() as scratch:
            own = shutil.copytree(self.directory, Path(scratch) / "nb")
            for folder in sorted((own / "submitted").iterdir())[students:]:
                shutil.rmtree(folder)
            return cpu_seconds([*self.command], own, environment)


def measure(subjects: list[Subject], environment: dict[str, str], count: int, rounds: int) -> dict[str, Cost]:
    """Run each on a few notebooks, one of them with mistakes, and on all, by turns."""
    found: dict[tuple[str, int], list[float]] = {}
    for number in range(rounds):
        for subject in subjects:
            print(f"round {number + 1} of {rounds}: {subject.name}", file=sys.stderr, flush=True)
            for students in (FEW, count * subject.copies) * subject.times:
                found.setdefault((subject.name, students), []).append(subject.cost_of(students, environment))
    costs = {}
    for subject in subjects:
        students = count * subject.copies
        few, whole = statistics.median(found[subject.name, FEW]), statistics.median(found[subject.name, students])
        each = (whole - few) / (students - FEW)
        costs[subject.name] = Cost(few - FEW * each, each, count)
    return costs


def run(count: int, rounds: int) -> dict[str, Cost]:
    """Measure all four."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        root = write_course(place / "course")
        write_class(root, place / "kernel", count, in_kernel=True)
        write_class(root, place / "cells", count, in_kernel=False)
        environment = with_path() | {"GRADER_CACHE": str(place / "cache")}
        grade = [sys.executable, "-m", "grader", "grade", "--nbgrader", ".", NAME, "--course", str(root), "--quiet"]
        autograde = [*NBGRADER, "autograde", NAME]
        warm = shutil.copytree(place / "kernel", place / "warm")
        cpu_seconds(grade, warm, environment)  # draws the examples and observes the reference, which is done once
        check_scores(place, autograde, environment)
        subjects = [
            Subject("(a) grader grade --nbgrader --public", [*grade, "--public"], place / "cells", COPIES, OFTEN),
            Subject("(b) nbgrader autograde, the same", autograde, place / "cells"),
            Subject("(c) grader grade --nbgrader", grade, place / "kernel", COPIES, OFTEN),
            Subject("(d) nbgrader autograde, property tests", autograde, place / "kernel"),
        ]
        return measure(subjects, environment, count, rounds)


def check_scores(place: Path, autograde: list[str], environment: dict[str, str]) -> None:
    """Raise `SystemExit` unless (d) gives the answers the points that they were made for: else nothing is compared."""
    from grader.integrations.nbgrader.config import open_nbcourse
    from grader.integrations.nbgrader.gradebook import open_gradebook

    one = shutil.copytree(place / "kernel", place / "scores")
    for folder in sorted((one / "submitted").iterdir())[3:]:
        shutil.rmtree(folder)
    cpu_seconds(autograde, one, environment)
    target = open_nbcourse(one)
    with open_gradebook(target.db_url, target.id) as gradebook:
        came = [submission.score for submission in gradebook.assignment_submissions(NAME)]
    if sorted(came) != sorted([8.0, 8.0, 6.0][: len(came)]):
        raise SystemExit(f"nbgrader gives {came}: the tests in the kernel do not test what they should")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notebooks", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = run(options.notebooks, options.rounds)
    shared = f"start shared by {options.notebooks}"
    print(f"{'CPU seconds':44} {'start':>7} {'a submission':>13} {shared:>18}")
    for name, cost in found.items():
        print(f"{name:44} {cost.start:7.2f} {cost.each:13.3f} {cost.shared:18.3f}")
    a, b, c, d = found.values()
    print(f"\n(b) costs {b.each / a.each:.0f} times (a) a submission, (d) {d.each / c.each:.0f} times (c);")
    print(
        f"with the start shared by {options.notebooks}: {b.shared / a.shared:.0f} and {d.shared / c.shared:.0f} times"
    )
    if options.json:
        costs = {name: dataclasses.asdict(cost) for name, cost in found.items()}
        options.json.write_text(json.dumps(costs, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
