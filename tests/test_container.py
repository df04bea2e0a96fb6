"""The Containerfile says what it says elsewhere: nothing here can build it, so its lines are read."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

from tests.test_setup import SUPPORTED

ROOT = Path(__file__).resolve().parents[1]


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a Containerfile with their words, lines that go on joined."""
    joined = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in joined.splitlines() if line.strip()]


def wrong(text: str) -> list[str]:
    """Return what is wrong with a Containerfile."""
    found = []
    for word, rest in instructions(text):
        if word == "COPY":
            *sources, target = shlex.split(rest)
            found += [f"{source} is not there" for source in sources if not (ROOT / source).exists()]
            found += [f"{source} would be in the image" for source in sources if source in (".", "solutions")]
            found += [f"{target} is not below /src"] if not target.startswith("./") else []
        if word == "FROM" and not re.fullmatch(r"docker\.io/library/python:\$\{PYTHON\}-slim", rest):
            found.append(f"{rest} is not the base that was looked at")
        if word == "ARG" and rest.startswith("PYTHON=") and rest.partition("=")[2] not in SUPPORTED:
            found.append(f"{rest} is not promised")
        if word == "USER":
            found.append("another user could give runners no users of their own")
        if "--privileged" in rest:
            found.append("it asks for privileges")
    return found


def test_it_installs_the_versions_that_were_tested_and_runs_the_command() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert wrong(text) == []
    told = instructions(text)
    assert [rest for word, rest in told if word == "ENTRYPOINT"] == ['["grader"]']
    installs = [rest for word, rest in told if word == "RUN"]
    assert all("constraints.txt" in rest for rest in installs)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(re.findall(r"'\.\[(\w+)\]'", text)) <= {*extras}


def test_what_is_wrong_is_told() -> None:
    text = "ARG PYTHON=3.9\nFROM ubuntu\nCOPY . ./\nCOPY nothing \\\n  /else\nUSER nobody\nRUN run --privileged\n"
    assert len(wrong(text)) == 7
