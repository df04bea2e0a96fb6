from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import grader.judging.examples.cache
from grader.authoring.exercises import Exercise, Probe
from grader.judging.examples.cache import Bank, banks_for, draw_bank, write_inputs

CHECKS = """
from grader.authoring import exercise, tensors
import {helper}

@exercise(points=1)
def double(submission, x=tensors("n")):
    return submission.double(x)

@double.also(examples=5)
def more(submission, x=tensors("n m")):
    return submission.double(x)
"""


class Course:
    """A checks file on disk that can be changed and loaded again."""

    def __init__(self, folder: Path, name: str) -> None:
        self.cache = folder / "cache"
        self.path = folder / "checks.py"
        self.helper = folder / f"{name}.py"
        self.helper.write_text("SIZE = 3\n")
        self.path.write_text(CHECKS.format(helper=name))

    def load(self) -> Exercise:
        sys.modules.pop(self.helper.stem, None)
        spec = importlib.util.spec_from_file_location("sample_checks", self.path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        exercise: Exercise = module.double
        for probe in exercise.probes:
            probe.id = f"sample.double/{probe.name}"
        return exercise

    def banks(self, count: int = 8, seed: int = 1) -> dict[str, Bank]:
        return banks_for([self.load()], count, seed, self.cache)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.syspath_prepend(str(tmp_path))
    return Course(tmp_path, f"helper_{abs(hash(tmp_path))}")


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the probes whose banks were really drawn."""
    drawn: list[str] = []

    def draw(probe: Probe, count: int, seed: int) -> Bank:
        drawn.append(probe.id)
        return draw_bank(probe, count, seed)

    monkeypatch.setattr(grader.judging.examples.cache, "draw_bank", draw)
    return drawn


def test_banks_are_drawn_once(course: Course, draws: list[str]) -> None:
    first = course.banks()
    assert draws == ["sample.double/double", "sample.double/more"]
    assert course.banks() == first
    assert len(draws) == 2
    assert {name: len(bank.examples) for name, bank in first.items()} == {
        "sample.double/double": 8,
        "sample.double/more": 5,
    }


CHANGES: dict[str, Callable[[Course], dict[str, Bank]]] = {
    "another seed": lambda course: course.banks(seed=2),
    "another count": lambda course: course.banks(count=9),
    "another checks file": lambda course: (course.path.open("a").write("\n#"), course.banks())[1],
    "another helper": lambda course: (course.helper.write_text("SIZE = 4\n"), course.banks())[1],
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_decides_a_bank_makes_it_drawn_again(course: Course, draws: list[str], change: str) -> None:
    course.banks()
    draws.clear()
    CHANGES[change](course)
    assert "sample.double/double" in draws


def test_another_version_of_the_grader_draws_again(
    course: Course, draws: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    course.banks()
    draws.clear()
    monkeypatch.setattr(grader.judging.examples.cache, "_engine", lambda: "another")
    course.banks()
    assert len(draws) == 2


@pytest.mark.parametrize("damage", [b"", b"junk", None], ids=["emptied", "junk", "one bit"])
def test_a_damaged_cache_is_drawn_again_and_mended(course: Course, draws: list[str], damage: bytes | None) -> None:
    first = course.banks()
    for path in course.cache.iterdir():
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(bytes(content) if damage is None else damage)
    draws.clear()
    assert course.banks() == first
    assert len(draws) == 2
    assert course.banks() == first
    assert len(draws) == 2


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(course: Course, draws: list[str]) -> None:
    course.cache.write_text("a file where the folder should be")
    assert len(course.banks()) == 2
    assert len(course.banks()) == 2
    assert len(draws) == 4


def test_no_temporary_files_stay_and_others_cannot_read(course: Course) -> None:
    course.banks()
    paths = list(course.cache.iterdir())
    assert {path.suffix for path in paths} == {".bank"}
    assert {path.stat().st_mode & 0o077 for path in paths} == {0}


def test_without_a_folder_or_a_file_nothing_is_cached(course: Course, draws: list[str], tmp_path: Path) -> None:
    exercise = course.load()
    banks_for([exercise], 8, 1, None)
    assert not course.cache.exists()
    scope: dict[str, Any] = {}
    exec("def double(submission): ...", scope)
    exercise.probes[0].run = scope["double"]
    banks_for([exercise], 8, 1, course.cache)
    assert len(list(course.cache.iterdir())) == 1


def test_inputs_are_a_map_from_probe_to_examples(course: Course, tmp_path: Path) -> None:
    banks = course.banks()
    path = tmp_path / "inputs"
    write_inputs(banks, path)
    read = msgspec.msgpack.decode(path.read_bytes(), type=dict[str, list[bytes]])
    assert read == {name: list(bank.examples) for name, bank in banks.items()}
