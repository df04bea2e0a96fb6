"""Give the same submissions to nbgrader, Otter-Grader, a pytest process and this grader, and print one table.

    python -m benchmarks.peers [--only grader,pytest] [--cache DIR] [--json FILE]

Each peer runs as its own documentation says, in an environment of its own below the cache folder (made once: a large
download), with the same torch. All compare value, shape, dtype and arguments with the same reference; the peers' tests
are given 32 examples, ordinary, empty and large ones, this grader draws its own. Points that a submission deserves are
known beforehand. Counted of those:

- given: points that were deserved and given;
- wrongly given: points for wrong answers;
- withheld: points that were deserved and not given;
- lost: submissions without any result;
- harm: whether another's submission was changed, or got fewer points for it;
- CPU seconds a submission, user and system, of the commands and of all that they started and waited for.

Hostile submissions run unprotected where a peer does not protect: they reach for the files of this benchmark alone.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import cast

from benchmarks.peers.common import Peer, Scores
from benchmarks.peers.submissions import EXERCISES, VICTIM, Submission, submissions

PEERS = {
    "grader": "benchmarks.peers.with_grader",
    "nbgrader": "benchmarks.peers.with_nbgrader",
    "otter": "benchmarks.peers.with_otter",
    "pytest": "benchmarks.peers.with_pytest",
}
_DISTRIBUTION = {"grader": "torch-grader", "otter": "otter-grader"}
"""Where it is not the peer's name."""


@dataclasses.dataclass(frozen=True)
class Row:
    """What one grader did with all submissions, in points; `wrong` and `withheld` name the submissions."""

    peer: str
    versions: dict[str, str]
    deserved: int
    given: float
    wrongly_given: float
    withheld: float
    lost: list[str]
    harm: bool
    seconds: float
    """CPU seconds a submission."""
    wrong: dict[str, float]
    short: dict[str, float]


def environment(name: str, packages: Sequence[str], cache: Path) -> Path:
    """Return the Python of a peer's environment, which is made when it is not there."""
    if not packages:
        return Path(sys.executable)
    root = cache / name
    python = root / "bin" / "python"
    if not (root / ".made").is_file():
        print(f"making the environment of {name} in {root}", file=sys.stderr)
        tool = [str(Path(sys.executable).with_name("uv"))]
        subprocess.run([*tool, "venv", "--quiet", "--clear", "--python", sys.executable, str(root)], check=True)
        same = [f"{one}=={metadata.version(one)}" for one in ("torch", "numpy")]
        subprocess.run([*tool, "pip", "install", "--quiet", "--python", str(python), *same, *packages], check=True)
        (root / ".made").touch()
    return python


def versions(name: str, python: Path) -> dict[str, str]:
    """Return which versions of a peer and of torch its environment has."""
    wanted = (_DISTRIBUTION.get(name, name), "torch")
    told = (
        "import json\nfrom importlib import metadata\nfound = {}\n"
        f"for name in {wanted!r}:\n    try:\n        found[name] = metadata.version(name)\n"
        "    except metadata.PackageNotFoundError:\n        pass\nprint(json.dumps(found))"
    )
    done = subprocess.run([str(python), "-c", told], capture_output=True, text=True, check=True)
    return cast(dict[str, str], json.loads(done.stdout))


def spent() -> float:
    """Return the CPU seconds of all processes that this one started and that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def files_of(folder: Path, name: str) -> dict[str, str]:
    """Return the texts of what a submission handed in."""
    found = [path for path in sorted(folder.rglob("*")) if path.suffix in (".ipynb", ".py") and name in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8", errors="replace") for path in found}


def judge(
    peer: str, handed_in: Sequence[Submission], scores: Scores, harm: bool, seconds: float, told: dict[str, str]
) -> Row:
    """Count what was given and what was not."""
    given = 0.0
    wrong: dict[str, float] = {}
    short: dict[str, float] = {}
    for one in handed_in:
        points = {name: scores.get(one.name, {}).get(name) or 0.0 for name in EXERCISES}
        right = sum(points[name] for name in one.right)
        given += right
        if sum(points.values()) > right:
            wrong[one.name] = sum(points.values()) - right
        if right < len(one.right):
            short[one.name] = len(one.right) - right
    lost = [one.name for one in handed_in if one.name not in scores]
    deserved = sum(len(one.right) for one in handed_in)
    harmed = harm or short.get(VICTIM, 0.0) > 0
    each = seconds / len(handed_in)
    return Row(peer, told, deserved, given, sum(wrong.values()), sum(short.values()), lost, harmed, each, wrong, short)


def run(name: str, cache: Path, where: Path) -> Row:
    """Have one grader grade all submissions in a fresh folder."""
    peer = cast(Peer, importlib.import_module(PEERS[name]))
    python = environment(name, peer.PACKAGES, cache)
    folder = where / name
    folder.mkdir()
    handed_in = submissions(folder)
    peer.prepare(folder, handed_in, python)
    before, start = files_of(folder, VICTIM), spent()
    scores = peer.grade(folder, handed_in, python)
    seconds = spent() - start
    after = files_of(folder, VICTIM)
    harm = any(after.get(path) != text for path, text in before.items())
    return judge(name, handed_in, scores, harm, seconds, versions(name, python))


def table(rows: Sequence[Row]) -> str:
    """Return the table in Markdown, with what each got wrong below it."""
    head = "| | given | wrongly given | withheld | lost | harm | CPU s |\n|---|---|---|---|---|---|---|\n"
    lines = [
        f"| {row.peer} | {row.given:g} of {row.deserved} | {row.wrongly_given:g} | {row.withheld:g} "
        f"| {len(row.lost)} | {'yes' if row.harm else 'no'} | {row.seconds:.2f} |\n"
        for row in rows
    ]
    notes = []
    for row in rows:
        told = ", ".join(f"{name} {version}" for name, version in row.versions.items())
        notes.append(f"\n{row.peer} ({told})\n")
        for title, found in (("wrongly given", row.wrong), ("withheld", row.short)):
            if found:
                notes.append(f"  {title}: " + ", ".join(f"{name} {points:g}" for name, points in found.items()) + "\n")
        if row.lost:
            notes.append(f"  lost: {', '.join(row.lost)}\n")
    return head + "".join(lines) + "".join(notes)


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__.splitlines()[0])
    parser.add_argument("--only", help="of grader, nbgrader, otter and pytest, separated by commas")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "grader-peers")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    chosen = options.only.split(",") if options.only else list(PEERS)
    options.cache.mkdir(parents=True, exist_ok=True)
    rows = []
    with tempfile.TemporaryDirectory(prefix="peers-") as where:
        for name in chosen:
            rows.append(run(name, options.cache, Path(where)))
            print(f"{name}: done", file=sys.stderr)
    print(table(rows))
    if options.json is not None:
        options.json.write_text(
            json.dumps([dataclasses.asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
