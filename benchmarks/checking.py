"""How long a student waits: `python -m benchmarks.checking [--rounds 5] [--exercise einsum.trace]`.

In turn, so that other work on the machine slows all alike: a fresh interpreter imports torch, `grader check` checks one
exercise in a folder without solutions, and `grader watch` answers after its file was saved. Printed are the fastest
rounds, which other work disturbs least, and both as ratios to the import. A check is meant to take at most 0.7 s more
than the import, and a watch to answer within 0.3 s of a save; it exits with 1 where one takes longer.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.throughput import ROOT

BEYOND_IMPORT, AFTER_SAVE = 0.7, 0.3
ANSWER = "    raise NotImplementedError"


def students_folder(folder: Path, assignment: str) -> Path:
    """Write what students have of an assignment into a folder, and return the module that holds their answers."""
    shutil.copy(ROOT / "course.toml", folder)
    shutil.copytree(ROOT / "assignments" / assignment, folder / "assignments" / assignment)
    (folder / "assignments" / assignment / f"{assignment}.ipynb").unlink()
    return folder / "assignments" / assignment / f"{assignment}.py"


def wrong_answer(stub: str, name: str, number: int) -> str:
    """Return a module whose answer to one exercise is wrong, and another one for each number."""
    before, found, after = stub.partition(f"def {name}(")
    head, raised, rest = after.partition(ANSWER)
    if not found or not raised:
        raise SystemExit(f"there is no stub of {name}")
    return f"{before}{found}{head}    return torch.tensor({number}){rest}"


def timed(command: list[str], folder: Path) -> float:
    """Return how long a command takes; whatever it exits with."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


class Watching:
    """`grader watch` in plain lines, whose answers are waited for."""

    def __init__(self, folder: Path, exercise: str) -> None:
        command = [sys.executable, "-m", "grader", "watch", exercise, "--plain"]
        self._process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        self._answered = threading.Semaphore(0)
        threading.Thread(target=self._read, daemon=True).start()
        self.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(("#", ".")):  # the bar ends an answer
                self._answered.release()

    def wait(self) -> None:
        """Wait for the next answer. Raises `SystemExit` when none comes."""
        if not self._answered.acquire(timeout=60):
            raise SystemExit("grader watch does not answer")

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


def measured(exercise: str, rounds: int) -> tuple[float, float, float]:
    """Return the fastest import of torch, check, and answer after a save, in seconds."""
    assignment, _, name = exercise.partition(".")
    imports, checks, saves = [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        module = students_folder(folder, assignment)
        stub = module.read_text(encoding="utf-8")
        module.write_text(wrong_answer(stub, name, -1), encoding="utf-8")
        watching = Watching(folder, exercise)
        try:
            for number in range(rounds):
                imports.append(timed([sys.executable, "-c", "import torch"], folder))
                checks.append(timed([sys.executable, "-m", "grader", "check", exercise], folder))
                text = wrong_answer(stub, name, number)
                started = time.perf_counter()
                module.write_text(text, encoding="utf-8")
                watching.wait()
                saves.append(time.perf_counter() - started)
        finally:
            watching.close()
    return min(imports), min(checks), min(saves)


def main() -> None:
    """Measure, print, and exit with 1 where a student waits too long."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--exercise", default="einsum.trace")
    options = parser.parse_args()
    torch, check, save = measured(options.exercise, options.rounds)
    beyond = check - torch
    print(f"import torch           {torch:6.2f} s")
    more = f"{beyond:+.2f} s (at most +{BEYOND_IMPORT})"
    print(f"grader check           {check:6.2f} s  {check / torch:5.2f} imports, {more}")
    print(f"grader watch, a save   {save:6.2f} s  {save / torch:5.2f} imports (at most {AFTER_SAVE} s)")
    sys.exit(beyond > BEYOND_IMPORT or save > AFTER_SAVE)


if __name__ == "__main__":
    main()
