"""The structure of the sources: imports go one way, modules and functions stay short, the command line stays light."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from tests.architecture import PACKAGE, ROOT, find_cycle, functions, imports, modules

MAX_LINES, MAX_FUNCTION, MEDIAN = 400, 40, 150
MAX_ENTRIES = 12
HEAVY = ("torch", "torchvision", "hypothesis", "numpy.testing", "nbgrader", "jupytext", "matplotlib")
ORDER = (
    ("commands",),
    ("integrations",),
    ("publishing",),
    ("judging",),
    ("engine", "submissions"),
    ("course",),
    ("authoring", "results"),
    ("records",),
)
"""The packages from the top to the bottom: each imports only what stands below it."""
EARLIER = "grader.integrations.earlier"
"""Where names lie that released courses still use: nothing of ours goes through it."""
RUNNERS_SIDE = ("grader.engine.runner", "grader.engine.sandbox.inside")
JUDGES_SIDE = ("grader.judging", "grader.publishing", "grader.results", "grader.submissions", "grader.records.verdict")

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


def package_of(name: str) -> str:
    """Return the part of a module's name that `ORDER` speaks of; empty for the root and `__main__`."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] != "__main__" else ""


def upwards(links: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Return every import of a module that does not stand below the importing one."""
    level = {package: place for place, row in enumerate(ORDER) for package in row}
    found = set()
    for name, targets in links.items():
        for target in targets:
            own, other = package_of(name), package_of(target)
            if own and other and own != other and level[own] >= level[other]:
                found.add((name, target))
    return found


def test_the_order_names_every_package_and_no_other() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders == {package for row in ORDER for package in row}


def test_a_package_imports_only_what_stands_below_it() -> None:
    links = graph(lazy=True)
    assert upwards(links) == set()
    links["grader.records.errors"] = {"grader.course.settings"}
    assert upwards(links) == {("grader.records.errors", "grader.course.settings")}


def test_every_package_says_what_it_holds_and_what_it_may_import() -> None:
    for package in (package for row in ORDER for package in row):
        text = ast.get_docstring(modules()[f"grader.{package}"]) or ""
        assert re.search(r"[Ii]mports? ", text), package


def test_the_root_stays_small() -> None:
    entries = [path.name for path in PACKAGE.iterdir() if path.name not in ("__pycache__", "py.typed")]
    assert len(entries) <= MAX_ENTRIES, entries


def test_imports_form_no_cycle() -> None:
    assert find_cycle(graph(lazy=False)) is None


def test_a_cycle_would_be_found() -> None:
    links = graph(lazy=False)
    links["grader.records.errors"] = links["grader.records.errors"] | {"grader.course.settings"}
    cycle = find_cycle(links)
    assert cycle is not None
    assert {"grader.course.settings", "grader.records.errors"} <= set(cycle)


def test_names_in_this_test_exist() -> None:
    for name in (EARLIER, *RUNNERS_SIDE, *JUDGES_SIDE):
        assert name in modules(), name


@pytest.mark.parametrize("start", RUNNERS_SIDE)
def test_the_runners_side_never_reaches_the_judge(start: str) -> None:
    found = reached(start)
    assert start in found
    assert {name for name in found if any(name == part or name.startswith(f"{part}.") for part in JUDGES_SIDE)} == set()


def test_nothing_of_ours_goes_through_earlier_names() -> None:
    earlier = {name.removeprefix(f"{EARLIER}.") for name in modules() if name.startswith(f"{EARLIER}.")}
    forbidden = {EARLIER, *(f"{EARLIER}.{name}" for name in earlier), *(f"grader.{name}" for name in earlier)}
    for name in modules():
        if not name.startswith(EARLIER):
            assert not imports(name, lazy=True) & forbidden, name


def test_torch_is_imported_where_submissions_run_and_nowhere_else_at_once() -> None:
    found = {name for name in modules() if {one.partition(".")[0] for one in imports(name, lazy=False)} & {"torch"}}
    assert found
    assert {name for name in found if not name.startswith(tuple(f"{side}." for side in RUNNERS_SIDE))} == set()


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
        "import grader.course.settings, grader.course.loading, grader.submissions.finding, grader.course.annotated",
        "import grader.publishing.build, grader.judging.schedule, grader.judging.checking, grader.authoring",
        "from grader.commands import cli, verbs; cli.run(['--help']); [cli.run([n, '-h']) for n in verbs.available()]",
    ],
)
def test_light_things_load_nothing_heavy(code: str) -> None:
    check = f"import sys; {code}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_names_of_released_courses_are_found() -> None:
    code = (
        "from grader.magic import check_cell; from grader.vocabulary import build; "
        "from grader.strategies import sample; "
        "from grader.vocabulary.state import registered; "
        "import grader.nbgrader.preprocess, grader.nbgrader.late; "
        "print(check_cell.__module__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "grader.integrations.notebook.check_cell"
