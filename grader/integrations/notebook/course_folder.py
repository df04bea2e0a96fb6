"""The course that a notebook belongs to: above it, beside it, or fetched from where it was released."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from hashlib import sha256
from pathlib import Path

from grader.course.settings import FILENAME, RELEASED_AT, find_course
from grader.records.errors import UsageError
from grader.records.text.saying import say

KEPT = Path(".grader") / "released"
"""Where a fetched course lies, below the notebook's folder."""

_SECONDS = 120
"""That fetching may take."""
_FRESH = 24 * 3600.0
"""Seconds until a fetched course is fetched again: what was mended since reaches the student."""
_MOST = 512 << 20
"""Bytes of a released folder."""

_fetched: Path | None = None


def course_beside(folder: Path) -> Path:
    """Return the folder of the course whose exercises a notebook in `folder` answers.

    Raises `UsageError`, with what to do, where there is none.
    """
    found = _above(folder) or _fetched or _below(folder)
    if found is None:
        raise UsageError(_missing(folder), hint=_what_to_do())
    return found


def fetch_unless_beside(url: str, folder: Path) -> bool:
    """Fetch a released course where a notebook in `folder` has none beside it; say whether something was fetched.

    A course that was fetched within a day is taken as it is. Raises `UsageError` when there is none to be had.
    """
    global _fetched
    if _above(folder) or _below(folder):
        return False
    if not RELEASED_AT.fullmatch(url):
        message = say("Where is the course? Write its address after the magic, such as %course https://...")
        raise UsageError(message)
    kept = folder / KEPT / sha256(url.encode()).hexdigest()[:12]
    old = _below(kept) if kept.is_dir() else None
    if old is not None and time.time() - kept.stat().st_mtime < _FRESH:
        _fetched = old
        return False
    try:
        _fetched = _fetch(url, kept)
    except UsageError:
        if old is None:
            raise
        _fetched = old  # no connection today: yesterday's checks are better than none
        return False
    return True


def _above(folder: Path) -> Path | None:
    try:
        return find_course(folder)
    except UsageError:
        return None


def _below(folder: Path) -> Path | None:
    """Return the folder itself or the only one directly below it that is a course, as an unpacked zip has it."""
    if (folder / FILENAME).is_file():
        return folder
    found = sorted(path.parent for path in folder.glob(f"[!.]*/{FILENAME}"))
    return found[0] if len(found) == 1 else None


def _fetch(url: str, kept: Path) -> Path:
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".new") as scratch:
        new = Path(scratch) / "course"
        try:
            if url.partition("?")[0].lower().endswith(".zip"):
                _unpack(url, Path(scratch) / "course.zip", new)
            else:
                _clone(url, new)
        except (OSError, subprocess.SubprocessError, zipfile.BadZipFile, urllib.error.URLError) as error:
            why = say("it is no zip file") if isinstance(error, zipfile.BadZipFile) else str(error)
            raise UsageError(_not_fetched(url, why), hint=_what_to_do()) from error
        if _below(new) is None:
            raise UsageError(_not_fetched(url, say("there is no {file} in it", file=FILENAME)), hint=_what_to_do())
        shutil.rmtree(kept, ignore_errors=True)
        new.rename(kept)
        os.utime(kept)
    found = _below(kept)
    assert found is not None
    return found


def _unpack(url: str, path: Path, new: Path) -> None:
    with urllib.request.urlopen(url, timeout=_SECONDS) as answer, path.open("wb") as file:  # such as RELEASED_AT
        while block := answer.read(1 << 20):
            file.write(block)
            if file.tell() > _MOST:
                raise OSError(say("it is larger than {size} MB", size=_MOST >> 20))
    with zipfile.ZipFile(path) as packed:
        if sum(member.file_size for member in packed.infolist()) > _MOST:
            raise OSError(say("it is larger than {size} MB", size=_MOST >> 20))
        packed.extractall(new)  # leaves no folder: it drops `..` and roots, and makes no links


def _clone(url: str, new: Path) -> None:
    if shutil.which("git") is None:
        raise OSError(say("git is not installed"))
    command = ["git", "clone", "--quiet", "--depth=1", "--no-tags", "--", url, str(new)]
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    nothing, piped = subprocess.DEVNULL, subprocess.PIPE
    done = subprocess.run(command, env=quiet, stdin=nothing, stdout=nothing, stderr=piped, text=True, timeout=_SECONDS)
    if done.returncode:
        said = [line.partition("fatal:")[2].strip() for line in done.stderr.splitlines() if "fatal:" in line]
        raise OSError(said[0] if said else f"git: {done.returncode}")


def _not_fetched(url: str, why: str) -> str:
    return say("The checks could not be fetched from {url}: {why}.", url=url, why=why.rstrip("."))


def _missing(folder: Path) -> str:
    return say(
        "The checks are not beside this notebook: there is no {file} in {folder} or above it.",
        file=FILENAME,
        folder=folder,
    )


def _what_to_do() -> str:
    if "google.colab" in sys.modules:
        return say(
            "Upload the whole folder that you were given, not the notebook alone: as a zip file in the panel of "
            "files, then !unzip it here; or put it into your Drive, mount that, and %cd into the folder."
        )
    return say("Put the notebook back into the folder that you were given, or get the whole folder again.")
