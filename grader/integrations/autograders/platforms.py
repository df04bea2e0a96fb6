"""Where each system puts a submission and looks for its results."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


@dataclasses.dataclass(frozen=True)
class Platform:
    """One system whose autograder runs one submission at a time."""

    kind: str
    """The format of its results."""
    root: str
    """The folder that everything else is below; empty for the current one. Another one may be named."""
    course: str
    submission: str
    results: str
    """The file to write; empty when the results are the last line that is printed."""
    public: bool = False
    """Whether students can read what it grades with: then there are the public examples alone."""
    seconds: int = 540
    """How long it may take before the system ends it."""


PLATFORMS: dict[str, Platform] = {
    "gradescope": Platform("gradescope", "/autograder", "source/course", "submission", "results/results.json"),
    "prairielearn": Platform("prairielearn", "/grade", "tests/course", "student", "results/results.json"),
    "autolab": Platform("autolab", "", "autograde/course", "submission", ""),
    "classroom50": Platform("classroom50", "", "course", ".", "result.json", public=True, seconds=840),
}


def student_of(platform: Platform, root: Path, environment: Mapping[str, str]) -> str:
    """Return who handed in, as far as the system tells; it only appears in texts."""
    if platform.kind == "gradescope":
        found = _submitter(root / "submission_metadata.json")
    else:
        names = ("OWNER", "GITHUB_ACTOR", "SUBMITTER")
        found = next((environment[name] for name in names if environment.get(name)), None)
    return found or "student"


def _submitter(path: Path) -> str | None:
    try:
        users: Any = json.loads(path.read_text(encoding="utf-8"))["users"]
        found = users[0].get("email") or users[0].get("name")
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None  # no metadata: then nobody is named
    return found if isinstance(found, str) else None


def usable_cache(course: Path) -> str | None:
    """Return a folder for drawn examples where the course's own cannot be written to, None where it can."""
    if os.environ.get("GRADER_CACHE") or os.access(course, os.W_OK):
        return None
    import tempfile

    return tempfile.mkdtemp(prefix="grader-cache-")
