"""Runs the steps of a released workflow on this machine, with what it would install replaced by what is here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

SHIMS = {
    "uv": 'echo "uv $*" >> "$SHIM_LOG"\n',
    "python": 'case "$*" in "-m pip "*) echo "python $*" >> "$SHIM_LOG" ;; *) exec {python} "$@" ;; esac\n',
    "python3": 'case "$*" in "-m pip "*|"-m uv "*) echo "python3 $*" >> "$SHIM_LOG" ;; *) exec {python} "$@" ;; esac\n',
    "grader": 'exec {python} -m grader "$@"\n',
    "apt-get": 'echo "apt-get $*" >> "$SHIM_LOG"\n',
}


def shims(folder: Path) -> dict[str, str]:
    """Write programs that stand in for installers, and return the environment in which they come first."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in SHIMS.items():
        path = folder / name
        path.write_text("#!/bin/bash\n" + body.replace("{python}", sys.executable))
        path.chmod(0o755)
    log = folder / "log"
    log.touch()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI_"))}
    return {**kept, "PATH": f"{folder}:{kept['PATH']}", "SHIM_LOG": str(log)}


def load(path: Path) -> Any:
    """Read a workflow; YAML 1.1 reads its key `on` as true."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}


def run_steps(steps: list[Any], folder: Path, environment: dict[str, str]) -> list[subprocess.CompletedProcess[str]]:
    """Run each step's script as GitHub's runner does and return what came of it; the first that fails is the last."""
    done = []
    for step in steps:
        if "run" not in step:
            continue
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done.append(subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True))
        if done[-1].returncode:
            break
    return done


def program(name: str) -> str:
    """Return where a program is installed; skips the test where it is not."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found
