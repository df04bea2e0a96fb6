"""Zip files, exchanges and repositories for the tests, honest and hostile."""

from __future__ import annotations

import os
import stat
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

ANSWER = b"def trace(x):\n    return x.trace()\n"
MOMENT = (2030, 2, 3, 9, 8, 6)


def pack(path: Path, files: Mapping[str, bytes], *, links: Mapping[str, str] | None = None) -> Path:
    """Write a zip file whose entries carry the time `MOMENT`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), data, zipfile.ZIP_DEFLATED)
        for name, target in (links or {}).items():
            info = zipfile.ZipInfo(name, MOMENT)
            info.create_system = 3
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, target)
    return path


def hand_in(inbound: Path, name: str, files: Mapping[str, bytes], timestamp: str | None = None) -> Path:
    """Write a submission as `nbgrader submit` does."""
    folder = inbound / name
    for inside, data in files.items():
        (folder / inside).parent.mkdir(parents=True, exist_ok=True)
        (folder / inside).write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)
    if timestamp is not None:
        (folder / "timestamp.txt").write_text(timestamp)
    (folder / "submission_secret.txt").write_text("secret")
    return folder


def commit(folder: Path, files: Mapping[str, bytes], seconds: int = 1_896_300_000) -> Path:
    """Make a git repository with one commit."""
    folder.mkdir(parents=True)
    run = {"cwd": folder, "check": True, "capture_output": True, "env": _environment(seconds)}
    subprocess.run(["git", "init", "-q"], **run)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    subprocess.run(["git", "add", "-A"], **run)
    subprocess.run(["git", "commit", "-q", "-m", "answers", "--allow-empty"], **run)
    return folder


def _environment(seconds: int) -> dict[str, str]:
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = {f"GIT_{role}_DATE": f"{seconds} +0000" for role in ("AUTHOR", "COMMITTER")}
    return {**os.environ, **who, **when, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
