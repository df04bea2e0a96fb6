"""Whatever the documentation tells people to type is typed here, in one folder, and does what the pages show.

`GRADER_UPDATE_SNAPSHOTS=1` writes what the commands said into the blocks that show all of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import snapshot
from tests.documented import Command, Terminal, not_repeated, not_said, renewed, steps

ROOT = Path(__file__).resolve().parents[1]
STORY = (
    "docs/instructors/from-folder-to-gradebook.md",
    "docs/students/ten-minutes.md",
    "docs/students/ten-minutes-ko.md",
    "docs/instructors/regrading.md",
    "docs/instructors/thousands.md",
    "docs/instructors/nbgrader.md",
    "docs/instructors/ci-and-lms.md",
    "docs/authors/first-exercise.md",
    "docs/authors/cookbook.md",
    "docs/authors/mutants.md",
)
"""The pages that have commands, in the order in which one makes what the next one uses.

The first one is tried always, the others with GRADER_WHOLE_DOCS=1 in the environment, as every night: each grading
starts a process that imports torch, and there are some twenty.
"""
ALWAYS = 1

PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    root = tmp_path_factory.mktemp("documented")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "88")
        patch.setenv("GRADER_SEED", "documented")
        patch.setenv("GRADER_CACHE", str(root / "cache"))
        yield Terminal(root, root)


@pytest.mark.parametrize("name", STORY if os.environ.get("GRADER_WHOLE_DOCS") else STORY[:ALWAYS])
def test_what_a_page_says_is_so(name: str, terminal: Terminal) -> None:
    path = ROOT / name
    page = path.read_text(encoding="utf-8")
    wrong = []
    for step in steps(page):
        if os.environ.get("GRADER_UPDATE_SNAPSHOTS") and step.what == "console":
            said = {}
            for number, command in enumerate(step.commands):
                terminal.type(Command(command.line, [], command.code))
                said[number] = terminal.said
            page = renewed(page, step, said)
            path.write_text(page, encoding="utf-8")
        else:
            wrong += terminal.do(step)
    assert not wrong, "\n\n".join(wrong)


def test_every_page_with_commands_is_of_the_story() -> None:
    with_commands = {
        path.relative_to(ROOT).as_posix()
        for path in PAGES
        if any(step.what == "console" for step in steps(path.read_text(encoding="utf-8")))
    }
    assert with_commands - {*STORY} == set()


BLOCK = re.compile(r"^```(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$? ?(grader|make|python3?|pip) ", re.MULTILINE)


def test_commands_stand_in_blocks_that_are_run() -> None:
    """A block of another kind that holds a command of ours would be read and never tried."""
    hidden = []
    for path in PAGES:
        for kind, text in BLOCK.findall(path.read_text(encoding="utf-8")):
            if kind in ("", "sh", "bash", "shell", "text") and COMMAND.search(text):
                hidden.append(f"{path.name}: {text.splitlines()[0]}")
    assert hidden == []


def test_what_is_repeated_is_run_where_it_comes_from() -> None:
    repeated = [(path, step) for path in PAGES for step in steps(path.read_text("utf-8")) if step.what == "repeated"]
    assert len(repeated) >= 3
    assert {step.argument for _, step in repeated} <= {*STORY}
    wrong = [not_repeated(step, (ROOT / step.argument).read_text(encoding="utf-8")) for _, step in repeated]
    assert not any(wrong)
    (same,) = steps("<!-- as in PAGE -->\n```console\n$ fly\nhigh\n```\n")
    assert not_repeated(same, "```console\n$ fly\nlow\n```\n") == "high"


def test_what_is_not_run_is_known() -> None:
    lines = []
    for path in PAGES:
        for step in steps(path.read_text(encoding="utf-8")):
            if step.what == "skipped":
                lines += [f"{path.name}: {step.argument}: {command.line}\n" for command in step.commands]
    snapshot.check("not_run.txt", "".join(lines))


def test_the_files_that_commands_name_are_there() -> None:
    lines = [command.line for path in PAGES for step in steps(path.read_text("utf-8")) for command in step.commands]
    named = {word for line in lines for word in re.findall(r"(?<!\S)(?:tests|grader|docs)/[\w/]+(?:\.py)?", line)}
    assert len(named) >= 5
    assert [word for word in sorted(named) if not (ROOT / word).exists()] == []


PAGE = """\
<!-- write: hello.txt -->
```text
hello
```

<!-- exits with 3 -->
```console
$ cat hello.txt
hello
$ cat hello.txt && exit 3
hello
```

<!-- not run: needs a moon -->
```console
$ fly
```
"""


def test_a_page_that_says_what_is_not_so_is_told(tmp_path: Path) -> None:
    def wrong(page: str) -> list[str]:
        terminal = Terminal(tmp_path, tmp_path)
        return [one for step in steps(page) for one in terminal.do(step)]

    assert wrong(PAGE) == []
    (code,) = wrong(PAGE.replace("exits with 3", "exits with 1"))
    assert "exits with 3 and not 1" in code
    (shown,) = wrong(PAGE.replace("```text\nhello", "```text\nhullo").replace("exit 3\nhello", "exit 3\nhullo"))
    assert "does not say 'hello'" in shown
    assert "is not there" in wrong("```console\n$ cd nowhere\n```\n")[0]
    assert not_said(["a ... b"], "a ... b") == ""
