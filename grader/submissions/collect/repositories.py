"""Git repositories: only plumbing commands read them, so no hook, filter or setting of theirs ever runs."""

from __future__ import annotations

import csv
import datetime
import os
import re
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from grader.records.errors import UsageError
from grader.submissions.collect.records import Caps, Handed, Member, Refusal

_QUIET = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_SAFE = ("-c", "safe.directory=*", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false")
_SECONDS = 300
_OUTPUT_BYTES = 64 << 20
_URL = re.compile(r"(https|ssh|file)://[^\s]+|[\w.-]+@[\w.-]+:[^\s]+")


def is_repository(folder: Path) -> bool:
    """Say whether a folder is a git repository, with a working tree or bare."""
    return (folder / ".git").exists() or ((folder / "HEAD").is_file() and (folder / "objects").is_dir())


def from_repositories(folder: Path, assignments: Sequence[str], caps: Caps) -> Iterator[Handed]:
    """Yield the committed work of each repository in a folder, or of the folder itself, named like its student."""
    found = [folder] if is_repository(folder) else sorted(path for path in folder.iterdir() if is_repository(path))
    for path in found:
        yield from _committed(path.name.removesuffix(".git"), path, str(path), assignments, caps)


def from_list(listed: Path, assignments: Sequence[str], caps: Caps, scratch: Path) -> Iterator[Handed]:
    """Yield the work of each repository of a CSV file with the columns `student` and `repository`.

    A repository is a path (relative to the file) or a URL, which is cloned into `scratch`. Raises `UsageError` when
    the file lacks a column.
    """
    with listed.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = {"student", "repository"} - set(rows.fieldnames or ())
        if missing:
            wanted = " and ".join(sorted(missing))
            raise UsageError(f"{listed} has no column {wanted}.", hint="Its first line must be: student,repository")
        pairs = [((row["student"] or "").strip(), (row["repository"] or "").strip()) for row in rows]
    for number, (student, where) in enumerate(pairs):
        if not _URL.fullmatch(where):
            path = listed.parent / where
            if is_repository(path):
                yield from _committed(student, path, where, assignments, caps)
            else:
                yield Handed(student, where, (), problem="there is no git repository")
            continue
        clone = scratch / f"{number}.git"
        try:
            _git(None, "clone", "--quiet", "--bare", "--depth=1", "--no-tags", "--template=", "--", where, str(clone))
        except Refusal as refusal:
            yield Handed(student, where, (), problem=str(refusal))
            continue
        yield from _committed(student, clone, where, assignments, caps)


def _committed(student: str, path: Path, origin: str, assignments: Sequence[str], caps: Caps) -> Iterator[Handed]:
    """Yield a Handed for each assignment whose files the newest commit holds, one refused when there is none."""
    if (path / ".git").is_symlink() or (path / ".git").is_file():
        yield Handed(student, origin, (), problem="its .git only points to a repository elsewhere")
        return
    borrows = _borrows(path / ".git" if (path / ".git").is_dir() else path)
    if borrows:
        problem = f"{borrows}: a repository that borrows what others hold is not read; hand in a clone of it"
        yield Handed(student, origin, (), problem=problem)
        return
    try:
        commit = _git(path, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
        members = list(_members(path, commit))
        moment = _commit_time(_git(path, "cat-file", "commit", commit))
    except Refusal as refusal:
        yield Handed(student, origin, (), problem=str(refusal))
        return
    at_commit = f"{origin} at {commit[:10]}"
    found = {name: _of_assignment(members, name, len(assignments) > 1) for name in assignments}
    for assignment, mine in found.items():
        if mine:
            yield Handed(student, at_commit, mine, assignment=assignment, time=moment)
    if not any(found.values()):
        yield Handed(student, at_commit, (), problem=f"the newest commit holds no file of {', '.join(assignments)}")


def _borrows(store: Path) -> str:
    """Return what of a repository lies in another, which may be anybody's; "" when all of it is its own."""
    for name in ("objects/info/alternates", "objects/info/http-alternates", "commondir"):
        if os.path.lexists(store / name):
            return f"it takes objects from elsewhere ({name})"
    links = [name for name in ("HEAD", "refs", "packed-refs", "objects") if (store / name).is_symlink()]
    links += [] if links else _links(store / "objects")
    return f"{links[0]} is a symbolic link" if links else ""


def _links(objects: Path) -> list[str]:
    """Return the first symbolic link in an object store, by its path in the repository."""
    for folder, folders, files in os.walk(objects):
        for name in (*folders, *files):
            if os.path.islink(os.path.join(folder, name)):
                return [Path(folder, name).relative_to(objects.parent).as_posix()]
    return []


def _of_assignment(members: list[Member], assignment: str, several: bool) -> tuple[Member, ...]:
    """Return the files below `<assignment>/` or `assignments/<assignment>/`; with one assignment, else all."""
    for prefix in (f"{assignment}/", f"assignments/{assignment}/"):
        below = [member for member in members if member.path.startswith(prefix)]
        if below:
            return tuple(
                Member(member.path.removeprefix(prefix), member.size, member.read, problem=member.problem)
                for member in below
            )
    if several:
        return tuple(member for member in members if member.path in (f"{assignment}.py", f"{assignment}.ipynb"))
    return tuple(members)


def _members(path: Path, commit: str) -> Iterator[Member]:
    listing = _git(path, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    for line in listing.split(b"\0"):
        if not line:
            continue
        head, _, raw = line.partition(b"\t")
        mode, kind, digest, size = head.decode("ascii").split()
        problem = {"120000": "a symbolic link", "160000": "another repository (a submodule)"}.get(mode, "")
        if not problem and kind != "blob":
            problem = "no regular file"
        length = int(size) if size.isdigit() else 0
        yield Member(raw.decode("utf-8", "backslashreplace"), length, _reader(path, digest, length), problem=problem)


def _reader(path: Path, digest: str, size: int) -> Callable[[int], bytes]:
    def read(limit: int) -> bytes:
        if size > limit:
            raise Refusal(f"larger than {limit} bytes")
        return _git(path, "cat-file", "blob", digest)

    return read


def _commit_time(commit: bytes) -> datetime.datetime | None:
    match = re.search(rb"^committer .*> (\d{1,11}) [+-]\d{4}$", commit, re.MULTILINE)
    return datetime.datetime.fromtimestamp(int(match[1]), datetime.UTC) if match else None


def _git(path: Path | None, *arguments: str) -> bytes:
    """Run git on a repository that nobody trusts and return its output; raises `Refusal` with git's own words."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    protocols = "file:https:ssh" if arguments[0] == "clone" else "none"
    command = ["git", *_SAFE, *(() if path is None else ("-C", str(path))), *arguments]
    environment = {**kept, **_QUIET, "GIT_ALLOW_PROTOCOL": protocols}
    with tempfile.TemporaryFile() as words:
        try:
            process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=words
            )
        except FileNotFoundError as error:
            raise UsageError("git is not installed, or not on PATH.", hint="It is needed for repositories.") from error
        output = _output(process, arguments[0])
        if process.returncode != 0:
            words.seek(0)
            lines = words.read(10_000).decode("utf-8", "replace").strip().splitlines()
            raise Refusal(f"git {arguments[0]} failed: {lines[-1] if lines else 'there is no commit'}")
    return output


def _output(process: subprocess.Popen[bytes], verb: str) -> bytes:
    """Return what a process writes; ends it and raises `Refusal` when that is too much or takes too long."""
    assert process.stdout is not None
    watch = threading.Timer(_SECONDS, process.kill)
    watch.start()
    try:
        output = process.stdout.read(_OUTPUT_BYTES + 1)
        if len(output) > _OUTPUT_BYTES:
            process.kill()
            raise Refusal(f"git {verb} wrote more than {_OUTPUT_BYTES} bytes")
        process.wait()
    finally:
        watch.cancel()
        process.stdout.close()
        process.wait()
    if process.returncode == -signal.SIGKILL:
        raise Refusal(f"git {verb} did not end within {_SECONDS} s")
    return output
