"""The sandbox as an ordinary user, with and without namespaces. As root, a program gives up root first."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(__file__).with_name("ordinary.py")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="layers exist on Linux only")


def measure(*without: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, str(PROGRAM), *without], capture_output=True, text=True, check=False)
    if done.returncode != 0 and "PermissionError" in done.stderr and "become_ordinary" in done.stderr:
        pytest.skip(f"this host does not let us become another user: {done.stderr.splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    assert seen["user"] != 0
    return seen


def test_with_a_user_namespace_an_ordinary_user_gets_what_root_gets() -> None:
    seen = measure()
    if seen["layers"]["user namespace"] != "ok":
        pytest.skip(f"this host: user namespaces are {seen['layers']['user namespace']}")
    assert seen["layers"]["jail"] == seen["layers"]["process namespace"] == "ok"
    assert seen["level"] == seen["workers"] == "strong", seen["acts"]
    assert (seen["scratch"], seen["loader"], seen["end"]) == ("['x']", "8", "killed by the grader")


def test_without_namespaces_an_ordinary_user_gets_the_mandatory_layers() -> None:
    seen = measure("user namespace", "namespaces")
    if seen["layers"]["landlock"] != "ok" or seen["layers"]["seccomp"] != "ok":
        pytest.skip("this host has no landlock or no seccomp")
    assert seen["level"] == "good", seen["acts"]
    # Nothing but a view of its own keeps a process that may use local sockets from those of its user.
    assert (seen["workers"], seen["workers may"][0]) == ("weak", "connect to a socket of ours")
    assert seen["zygote"].startswith("PermissionError")
    assert (seen["scratch"], seen["loader"], seen["end"]) == ("['x']", "8", "killed by the grader")
    assert seen["layers"]["user"] == "refused: only root can give runners a user of their own"
