"""A program for `test_ordinary_user.py`: gives up root, then uses a zygote, and prints what it saw as JSON."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import tempfile
from pathlib import Path

USER = 12345


def make_reachable(path: Path) -> None:
    """Let other users reach a directory below one that is closed to them, in a mount namespace of our own."""
    from grader.engine.sandbox.layers.kernel import mount

    closed = next((p for p in reversed(path.parents) if not p.stat().st_mode & stat.S_IXOTH), None)
    if closed is None:
        return
    with tempfile.TemporaryDirectory() as aside:
        mount(str(path), aside, None, 0x1000)
        mount("none", str(closed), "tmpfs", 0, "mode=755")
        path.mkdir(parents=True)
        mount(aside, str(path), None, 0x1000)
        from grader.engine.sandbox.layers.kernel import syscall

        syscall("umount2", os.fsencode(aside), 0)


def become_ordinary(root: Path) -> None:
    from grader.engine.sandbox.layers.kernel import mount, unshare

    unshare(0x20000)
    mount("none", "/", None, 0x4000 | 0x40000)
    for path in (Path(sys.base_prefix), root):
        make_reachable(path)
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)


def main(without: list[str]) -> None:
    root = Path(__file__).resolve().parents[3]
    if os.geteuid() == 0:
        become_ordinary(root)
        # A fresh program: the one that gave up root may not look into its own /proc.
        os.execv(sys.executable, [sys.executable, __file__, *without])
    from grader.engine.sandbox import Limits, Zygote
    from tests.engine.sandbox.conftest import STANDIN, ask

    seen: dict[str, object] = {"user": os.getuid()}
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        checks = Path(folder) / "checks.py"
        checks.write_text("")
        zygote = stack.enter_context(
            Zygote.start([("demo", checks)], engine="standin", search=[STANDIN], warm="minimal", without=without)
        )
        report = zygote.report()
        workers = zygote.report("workers")
        seen |= {"level": report.level, "layers": report.layers, "acts": report.acts}
        seen |= {"workers": workers.level, "workers may": [a for a, r in workers.acts.items() if r != "denied"]}
        runner = zygote.fork("files", Limits(processes=20))
        seen["scratch"] = ask(runner, "open('x', 'w').write('hi'); import os; result = os.listdir('.')")
        seen["zygote"] = ask(runner, "import os; os.kill(os.getppid() or 1 << 20, 0)")
        runner.kill()
        runner = zygote.fork("workers")
        loader = "from torch.utils.data import DataLoader\nresult = len(list(DataLoader(range(8), num_workers=2)))"
        seen["loader"] = ask(runner, loader)
        seen["end"] = runner.kill().status
    print(json.dumps(seen))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    main(sys.argv[1:])
