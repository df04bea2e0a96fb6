"""How a file is opened in a student's editor."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

Which = Callable[[str], str | None]


def editor_command(
    path: Path, environment: Mapping[str, str], platform: str, which: Which = shutil.which
) -> tuple[list[str], bool]:
    """Return the command that opens a file, and whether it takes the terminal over.

    Inside VS Code that is VS Code; then what VISUAL or EDITOR name, and for notebooks and where there is neither, what
    the system opens such files with.

    >>> editor_command(Path("a.py"), {"EDITOR": "vim -p"}, "linux")
    (['vim', '-p', 'a.py'], True)
    >>> editor_command(Path("a.ipynb"), {"EDITOR": "vim"}, "darwin")
    (['open', 'a.ipynb'], False)
    """
    code = which("code")
    if environment.get("TERM_PROGRAM") == "vscode" and code:
        return [code, "--reuse-window", str(path)], False
    named = environment.get("VISUAL") or environment.get("EDITOR")
    if named and path.suffix != ".ipynb":
        return [*shlex.split(named, posix=platform != "win32"), str(path)], True
    if platform == "win32":
        return ["cmd", "/c", "start", "", str(path)], False
    return ["open" if platform == "darwin" else "xdg-open", str(path)], False
