"""The structure of the sources: imports go one way, modules and functions stay short, the command line stays light."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.architecture import PACKAGE, ROOT, find_cycle, functions, imports, modules

MAX_LINES, MAX_FUNCTION, MEDIAN = 400, 40, 150
HEAVY = ("torch", "torchvision", "hypothesis", "numpy.testing", "nbgrader", "jupytext")
JUDGE = ("judge", "expected", "bench", "diagnose", "grading", "verdict", "report", "public", "checking", "checks")
FRONT_ENDS = ("grader.cli", "grader.pytest_plugin", "grader.magic")

_IGNORE = re.compile(
    r"#\s*(?:noqa|type:\s*ignore)(?P<codes>(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[a-z, -]+\])?)(?P<rest>.*)$"
)


def graph(*, lazy: bool) -> dict[str, set[str]]:
    return {name: imports(name, lazy=lazy) & modules().keys() for name in modules()}


def reached(start: str) -> set[str]:
    """Return every module of the package that importing or using the modules below `start` can load."""
    links = graph(lazy=True)
    found: set[str] = set()
    waiting = [name for name in links if name == start or name.startswith(f"{start}.")]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += links[name]
    return found


def test_imports_form_no_cycle() -> None:
    assert find_cycle(graph(lazy=False)) is None


def test_a_cycle_would_be_found() -> None:
    links = graph(lazy=False)
    links["grader.errors"] = links["grader.errors"] | {"grader.course"}
    cycle = find_cycle(links)
    assert cycle is not None
    assert {"grader.course", "grader.errors"} <= set(cycle)


@pytest.mark.parametrize("start", ["grader.runner", "grader.sandbox.inside"])
def test_the_runners_side_never_reaches_the_judge(start: str) -> None:
    judge = {f"grader.{name}" for name in JUDGE}
    found = reached(start)
    assert start in found
    assert {name for name in found if any(name == part or name.startswith(f"{part}.") for part in judge)} == set()


def test_nothing_but_the_command_line_imports_commands() -> None:
    for name, found in graph(lazy=True).items():
        if not name.startswith(("grader.commands", *FRONT_ENDS, "grader.__main__")):
            assert not {one for one in found if one.startswith(("grader.commands", "grader.cli"))}, name


def test_front_ends_do_not_import_each_other() -> None:
    links = graph(lazy=True)
    for name in FRONT_ENDS:
        assert not (links.get(name, set()) & set(FRONT_ENDS) - {name}), name


def test_torch_is_imported_where_submissions_run_and_nowhere_else_at_once() -> None:
    found = {name for name in modules() if {one.partition(".")[0] for one in imports(name, lazy=False)} & {"torch"}}
    assert found
    assert {name for name in found if not name.startswith(("grader.runner.", "grader.sandbox.inside."))} == set()


def test_modules_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > MAX_LINES} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= MEDIAN


def test_functions_are_short() -> None:
    long = {f"{name}.{function}": lines for name in modules() for function, lines in functions(modules()[name])}
    assert {name: lines for name, lines in long.items() if lines > MAX_FUNCTION} == {}


def test_every_ignore_names_its_code_and_says_why() -> None:
    for path in (*PACKAGE.rglob("*.py"), *(ROOT / "tests").glob("*.py")):
        if path.name == "test_architecture.py":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            ignore = _IGNORE.search(line)
            if ignore:
                place = f"{path.relative_to(ROOT)}:{number}"
                assert ignore["codes"], f"{place}: the ignore names no code"
                assert len(ignore["rest"].strip(" -#")) >= 6, f"{place}: the ignore gives no reason"


@pytest.mark.parametrize(
    "code",
    [
        "import grader",
        "import grader.course, grader.loading, grader.submission, grader.notebook, grader.build",
        "import grader.grading, grader.checking",
        "from grader import cli, commands; cli.run(['--help']); [cli.run([n, '--help']) for n in commands.available()]",
    ],
)
def test_light_things_load_nothing_heavy(code: str) -> None:
    check = f"import sys; {code}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
