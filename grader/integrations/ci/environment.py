"""What a CI service says in the environment: read once, then taken out, so that nothing that runs later sees it."""

from __future__ import annotations

import dataclasses
import json
import re
import secrets
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

_SECRET = re.compile(r"^(GITHUB|ACTIONS|RUNNER|INPUT|CI|GITLAB)_|TOKEN|SECRET|PASSWORD|CREDENTIAL|_KEY$", re.IGNORECASE)
_KEPT = frozenset({"GRADER_SEED", "GRADER_CACHE"})
"""Ours: the judge reads them, the runner of a student's code gets no environment at all."""
_NO_COMMIT = re.compile(r"0*")


@dataclasses.dataclass(frozen=True)
class Service:
    """The CI service that this runs in; all of it empty on a person's own machine."""

    github: bool = False
    base: str | None = None
    """The commit that was there before; None when the service does not know one."""
    summary: Path | None = None
    """The file that is shown as the step's summary."""
    workspace: Path | None = None
    """What the paths of annotations are relative to."""
    token: str = ""
    """Ends a stretch of output in which nothing is a command: nobody can guess it."""


def read_service(environment: Mapping[str, str]) -> Service:
    """Return what GitHub Actions or GitLab CI says of this run."""
    summary, workspace = environment.get("GITHUB_STEP_SUMMARY"), environment.get("GITHUB_WORKSPACE")
    return Service(
        github=environment.get("GITHUB_ACTIONS") == "true",
        base=_base(environment),
        summary=Path(summary) if summary else None,
        workspace=Path(workspace) if workspace else None,
        token=secrets.token_hex(16),
    )


def clean_environment(environment: MutableMapping[str, str]) -> None:
    """Take out of an environment what a student's code could use: tokens, secrets, the files that steer the service."""
    for name in [name for name in environment if name not in _KEPT and _SECRET.search(name)]:
        del environment[name]


def _base(environment: Mapping[str, str]) -> str | None:
    names = ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_COMMIT_BEFORE_SHA")
    found = [_of_event(environment.get("GITHUB_EVENT_PATH")), *(environment.get(name) for name in names)]
    return next((one for one in found if one and not _NO_COMMIT.fullmatch(one)), None)


def _of_event(path: str | None) -> str | None:
    """Return the commit before a push or under a pull request, from the event that GitHub describes in a file."""
    if not path:
        return None
    try:
        event: Any = json.loads(Path(path).read_text(encoding="utf-8"))
        request = event.get("pull_request")
        found = request["base"]["sha"] if request else event.get("before")
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return None  # another event, or none: then the commit before this one is taken
    return found if isinstance(found, str) else None
