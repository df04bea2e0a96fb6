from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts of one's own exist on Linux only")

# Runs in a process of its own, since there is no way back out of a namespace.
PROGRAM = """
import errno, os, sys, tempfile
from grader.engine.sandbox.layers import jail, namespaces
from grader.engine.sandbox.layers.kernel import mount

try:
    if os.geteuid():
        namespaces.enter_user()
    states = namespaces.enter(("mount",))
    assert states["mount"] == "ok", states
    mount("none", "/", None, 0x4000 | 0x40000)
except (OSError, AssertionError) as error:
    sys.exit(f"skip: {error}")
root = sys.argv[1]
if sys.argv[2] == "old":
    def missing(name, *arguments):
        raise OSError(errno.ENOSYS, name)
    jail.syscall = missing
os.makedirs(root + "/read/inner")
os.makedirs(root + "/jail")
open(root + "/read/file", "w").write("text")
jail.build(root + "/jail", [root + "/read", root + "/read/inner", root + "/absent"], ["/dev/null"])
jail.add_scratch(root + "/jail", os.getuid(), os.getgid(), 1 << 20, 10, shared=True)
jail.enter(root + "/jail", jail.SCRATCH)
assert sorted(os.listdir("/")) == sorted({"dev", "empty", "scratch", root.split("/")[1]}), os.listdir("/")
assert open(root + "/read/file").read() == "text"
for path in (root + "/read/file", root + "/read/new", "/new", "/empty/new"):
    try:
        open(path, "w")
    except OSError as error:
        assert error.errno == errno.EROFS, (path, error)
    else:
        raise AssertionError(f"{path} could be written")
open("mine", "w").write("text")
open("/dev/null", "w").write("text")
assert not os.path.exists("/etc") and not os.path.exists("/proc")
"""


@pytest.mark.parametrize("kernel", ["new", "old"])
def test_a_jail_holds_what_it_was_given_read_only(tmp_path: object, kernel: str) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), kernel]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.stderr.startswith("skip: "):
        pytest.skip(f"this host: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
