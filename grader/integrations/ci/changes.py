"""Which files changed since a commit, asked of git in a repository that nobody needs to trust."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from grader.records.errors import UsageError

_SAFE = ("-c", "safe.directory=*", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false")
_SECONDS = 120


def changed_files(folder: Path, since: str | None, base: str | None) -> tuple[frozenset[Path] | None, str]:
    """Return the files that differ from a commit, absolute, and a sentence about which; None means all of them.

    The commit is `since` when it is named, else `base`, else the one before this one. Files that are not committed
    count as changed. Raises `UsageError` when `since` is no commit.
    """
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        if since:
            raise UsageError(f"{folder} is in no git repository, so nothing can have changed since {since}")
        return None, "not a git repository: everything counts as changed"
    root = Path(top.strip())
    wanted = since or base or "HEAD~1"
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{wanted}^{{commit}}")
    if commit is None:
        if since:
            raise UsageError(f"{since} is no commit of {root}", hint="In CI, fetch the whole history: fetch-depth: 0.")
        return None, f"the commit {wanted} is not here: everything counts as changed"
    differ = _git(root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", commit.strip(), "--")
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    names = [name for listing in (differ, new) for name in (listing or "").split("\0") if name]
    return frozenset(root / name for name in names), f"changed since {commit.strip()[:10]}: {len(names)} files"


def top_folder(folder: Path) -> Path:
    """Return the root of the repository that a folder is in, else the folder itself."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    return folder.resolve() if top is None else Path(top.strip())


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git prints, None when it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *_SAFE, "-C", str(folder), *arguments], capture_output=True, env=environment, timeout=_SECONDS
        )
    except FileNotFoundError as error:
        raise UsageError(
            "git is not installed, or not on PATH.", hint="It tells what changed; or use --all."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"git {arguments[0]} did not end within {_SECONDS} s.", hint="Use --all.") from error
    return os.fsdecode(done.stdout) if done.returncode == 0 else None
