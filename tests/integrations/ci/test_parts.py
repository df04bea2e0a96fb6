"""What a CI run is made of: the environment, changes, lines, annotations, the policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.integrations.ci.annotations import MAX_EACH, Annotation, Level, annotations_of, capped, command
from grader.integrations.ci.changes import changed_files
from grader.integrations.ci.environment import clean_environment, read_service
from grader.integrations.ci.places import Lines
from grader.integrations.ci.policy import exit_code, policy_named
from grader.integrations.ci.selection import handed_in, touched_assignments
from grader.records.errors import UsageError
from grader.records.findings import Finding
from tests import samples
from tests.courses import write, write_course
from tests.integrations.ci.repository import commit

MODULE = "import torch\n\n\ndef trace(x):\n    return x\n\n\nclass Net: ...\n\ninner = 3\n"
RAISED = Finding(kind="raised", must=True, message="line 5 raised ValueError: no")


def test_the_commit_before_is_what_the_service_says(tmp_path: Path) -> None:
    event = write(tmp_path / "event.json", json.dumps({"before": "abc"}))
    request = write(tmp_path / "request.json", json.dumps({"pull_request": {"base": {"sha": "def"}}}))
    new = write(tmp_path / "new.json", json.dumps({"before": "0" * 40}))
    broken = write(tmp_path / "broken.json", "[")
    found = [read_service({"GITHUB_EVENT_PATH": str(path)}).base for path in (event, request, new, broken)]
    assert found == ["abc", "def", None, None]
    assert read_service({"CI_COMMIT_BEFORE_SHA": "123"}).base == "123"


def test_each_run_has_a_token_of_its_own() -> None:
    one, other = read_service({}).token, read_service({}).token
    assert one != other
    assert len(one) >= 32


def test_nothing_that_steers_the_service_stays_in_the_environment() -> None:
    names = [
        "GITHUB_ENV",
        "GITHUB_STEP_SUMMARY",
        "ACTIONS_RUNTIME_TOKEN",
        "CI_JOB_TOKEN",
        "MY_SECRET",
        "API_KEY",
        "DB_PASSWORD",
    ]
    environment = dict.fromkeys([*names, "PATH", "HOME", "GRADER_SEED", "KEYBOARD"], "x")
    clean_environment(environment)
    assert set(environment) == {"PATH", "HOME", "GRADER_SEED", "KEYBOARD"}


def test_changes_since_a_commit_are_those_and_what_is_not_committed(tmp_path: Path) -> None:
    write(tmp_path / "a b.txt", "1")
    first = commit(tmp_path)
    write(tmp_path / "한글.txt", "2")
    commit(tmp_path)
    write(tmp_path / "new.txt", "3")
    found, _ = changed_files(tmp_path, None, first)
    assert found == {tmp_path / "한글.txt", tmp_path / "new.txt"}
    assert changed_files(tmp_path, None, None)[0] == found
    everything, why = changed_files(tmp_path, None, "f" * 40)
    assert everything is None
    assert "is not here: everything counts as changed" in why
    with pytest.raises(UsageError, match="nowhere is no commit of") as caught:
        changed_files(tmp_path, "nowhere", None)
    assert "fetch-depth: 0" in (caught.value.hint or "")


def test_without_a_repository_everything_counts_as_changed(tmp_path: Path) -> None:
    assert changed_files(tmp_path, None, None)[0] is None
    with pytest.raises(UsageError, match="is in no git repository"):
        changed_files(tmp_path, "HEAD", None)


def test_who_is_graded_again(tmp_path: Path) -> None:
    course = load_course(write_course(tmp_path, "one", "two"))
    root = course.root / "submitted"
    for student in ("ada", "bob"):
        for name in ("one", "two"):
            write(root / student / name / f"{name}.py", "x = 1\n")

    def graded(*changed: str) -> list[str]:
        found = handed_in(course, root, frozenset(course.root / name for name in changed))
        return [f"{one.student}/{one.assignment}" for one in found]

    assert graded("submitted/ada/one/one.py", "README.md") == ["ada/one"]
    assert graded("solutions/two/two.py") == ["ada/two", "bob/two"]
    assert graded("assignments/one/checks.py", "submitted/bob/two/data.csv") == ["ada/one", "bob/one", "bob/two"]
    assert len(graded("course.toml")) == 4
    assert touched_assignments(course, frozenset({course.root / "assignments/one/one.py"})) == frozenset()


def test_a_finding_stands_at_the_line_it_names_else_at_the_definition(tmp_path: Path) -> None:
    lines = Lines(write(tmp_path / "a.py", MODULE))
    assert lines.of(RAISED, ["trace"]) == 5
    assert lines.of(samples.VALUE, ["trace"]) == 4
    assert lines.of(None, ["absent", "Net"]) == 8
    assert lines.of(None, ["inner"]) == 10
    assert lines.of(None, ["absent"]) == 1
    forged = Finding(kind="raised", must=True, message="line 99999 raised ValueError: line 2")
    assert lines.of(forged, ["trace"]) == 4
    assert Lines(None).of(RAISED, ["trace"]) == 1


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_notebooks_lines_are_those_of_its_file(tmp_path: Path, ascii_only: bool) -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["def trace(x):\n", "prose"]},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["import torch\n", "한글 = 1"]},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["def trace(x):\n", "    return x"]},
    ]
    text = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}, indent=1, ensure_ascii=ascii_only)
    lines = Lines(write(tmp_path / "a.ipynb", text))
    written = text.splitlines()
    found = lines.of(Finding(kind="raised", must=True, message="cell 2, line 2 raised ValueError"), [])
    assert written[found - 1].strip() == '"    return x"'
    assert written[lines.of(None, ["trace"]) - 1].strip() == '"def trace(x):\\n",'
    assert Lines(write(tmp_path / "b.ipynb", "no notebook")).of(RAISED, ["trace"]) == 1


def test_annotations_of_a_submission() -> None:
    found = {one.title: one for one in annotations_of(samples.submission(samples.ada()), "a.py", Lines(None), {})}
    assert [one.level for one in found.values()].count("error") == 6
    assert found["einsum.transpose: passed"].level == "warning"
    assert found["einsum: not written yet"].text == "inner"
    assert "expected: tensor([6., 15.])" in found["einsum.row_sums: wrong answer"].text
    (broken,) = annotations_of(samples.submission(samples.eve()), "a.py", Lines(None), {})
    assert (broken.title, broken.level) == ("einsum cannot be read", "error")


def test_annotations_stay_within_githubs_caps_and_the_rest_is_counted() -> None:
    levels: tuple[Level, ...] = ("error", "warning", "notice")
    many = [Annotation(level, "a.py", 1, "t", "x") for level in levels for _ in range(25)]
    kept, rest = capped(many)
    assert [sum(one.level == level for one in kept) for level in ("error", "warning", "notice")] == [10, 10, 9]
    assert rest == f"{75 - 29} more annotations did not fit: see the summary."
    assert capped(many[:MAX_EACH]) == (many[:MAX_EACH], "")


@pytest.mark.parametrize(
    "text", ["::error::x", "a\n::set-output name=x::y", "%0A::warning::x", "##[error]x", "\r::x::y"]
)
def test_no_text_becomes_a_command_of_its_own(text: str) -> None:
    written = command(Annotation("error", text, 1, text, text))
    assert "\n" not in written
    assert "\r" not in written
    assert written.count("::error ") == 1
    head = written.removeprefix("::error ").split("::")[0]
    assert head.count(",") == 2


def test_the_policy_decides() -> None:
    mixed, perfect = samples.submission(samples.ada()), samples.submission(samples.perfect())
    half = samples.submission([*samples.perfect("a b"), *samples.ada()[5:6]])
    codes = {
        word: [exit_code(samples.report(one), policy_named(word)) for one in (mixed, half, perfect)]
        for word in ("all", "written", "never", "60%", "100%")
    }
    assert codes == {
        "all": [1, 1, 0],
        "written": [1, 0, 0],
        "never": [0, 0, 0],
        "60%": [1, 0, 0],
        "100%": [1, 1, 0],
    }
    unknown = samples.report(samples.submission(samples.kim()[2:]), perfect)
    assert exit_code(unknown, policy_named("never")) == 3
    with pytest.raises(UsageError, match="there is no policy 'strict'"):
        policy_named("strict")
