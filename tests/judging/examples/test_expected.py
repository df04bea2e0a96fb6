"""A broken course is the author's: each way to break the expected side has its message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.course.loading import load_exercises
from grader.course.settings import load_course
from grader.engine.sandbox import Zygote
from grader.judging.examples.expected import Reference
from grader.judging.schedule import Options, open_graders, reference_code
from grader.records.errors import AuthorError
from tests.courses import write
from tests.small_course import CHECKS, REFERENCE, write_small_course


def problem(root: Path) -> str:
    """Return what an author is told when the small course's expected side is made."""
    with open_graders(load_course(root), ["small"], Options(seed=1)) as graders:
        suite = graders.suites["small"]
        probes = [probe for exercise in suite.exercises for probe in exercise.probes]
        with pytest.raises(AuthorError) as caught:
            any(not suite.expected.bodies(probe, "cpu") for probe in probes)
    return str(caught.value)


def _replaced(old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        for name, text in (("assignments/small/checks.py", CHECKS), ("solutions/small/small.py", REFERENCE)):
            assert old in CHECKS + REFERENCE
            write(root / name, text.replace(old, new))

    return change


BROKEN: list[tuple[str, str, tuple[str, ...]]] = [
    (
        "return x + x",
        "raise OSError('disk')",
        ("small.double/double", "the reference solution raised OSError: disk (line", "raises="),
    ),
    (
        ', raises="ValueError"',
        "",
        ("small.root/root", "raised ValueError: no root of", 'raises="ValueError"'),
    ),
    (
        "return submission.double(x)",
        "return {'model': object()}",
        ("small.double/double: the probe returns an object of type object, which cannot be sent", "Return tensors"),
    ),
    (
        "return int(x.argmax())",
        "return int(x.argmin())",
        ("small.argmax/argmax: the reference solution breaks a law", "the index points at a maximum"),
    ),
    ("def double(x):", "def twice(x):", ("small.double/double: the reference solution ended as missing: double",)),
    (
        "import torch",
        "import torch\n1 / 0",
        ("the reference solution small.py raises while it is loaded", "code cell 1, line 2 (1 / 0): Zero"),
    ),
    (
        "return x + x",
        "__import__('os')._exit(3)",
        ("small.double/double", "the reference solution ended as crashed", "code 3"),
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), BROKEN, ids=lambda value: str(value)[:30])
def test_authors_are_told_what_is_broken(tmp_path: Path, old: str, new: str, told: tuple[str, ...]) -> None:
    root = write_small_course(tmp_path)
    _replaced(old, new)(root)
    message = problem(root)
    for part in told:
        assert part in message


def test_no_reference_is_a_clear_error(tmp_path: Path) -> None:
    root = write_small_course(tmp_path)
    (root / "solutions/small/small.py").unlink()
    with pytest.raises(AuthorError, match=r"no reference solution for small: solutions/small/small\.py does not exist"):
        reference_code(root, "small")


@pytest.fixture(scope="module")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Zygote]]:
    root = write_small_course(tmp_path_factory.mktemp("course"))
    with Zygote.start([("small", root / "assignments/small/checks.py")]) as started:
        yield root, started


def test_observations_are_cached_by_content(zygote: tuple[Path, Zygote], tmp_path: Path) -> None:
    from grader.judging.examples.cache import banks_for
    from grader.judging.schedule import preload

    root, started = zygote
    exercises = load_exercises(root, "small")
    banks = banks_for(exercises, 10, 1, None)
    preload(started, banks)
    source = reference_code(root, "small")
    probe = exercises[0].probes[0]
    first = Reference(started, source, exercises, banks, tmp_path)
    bodies = first.bodies(probe, "cpu")
    first.close()
    (cached,) = (tmp_path / "observations").iterdir()

    class Nobody:
        def fork(self, *_: object) -> None:
            raise AssertionError("the cache should have answered")

    again = Reference(Nobody(), source, exercises, banks, tmp_path)  # type: ignore[arg-type]  # nothing may be forked
    assert again.bodies(probe, "cpu") == bodies
    cached.write_bytes(b"\xc1 damaged")
    mended = Reference(started, source, exercises, banks, tmp_path)
    assert mended.bodies(probe, "cpu") == bodies
    mended.close()
