"""The wheel in a fresh environment that has torch and what it asks for itself, and none of the extras.

From the wheel alone a course is begun, built and released, a student's check runs in what was
released, with nothing but the light requirements, and the sample class is graded.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.courses import write, write_course

ROOT = Path(__file__).resolve().parents[1]
LIGHT = {"torch", "torchvision", "numpy", "pillow", "hypothesis", "msgspec", "typer", "rich", "ipython"}
HEAVY = (
    "nbformat",
    "jupytext",
    "charset_normalizer",
    "matplotlib",
    "nbgrader",
    "alembic",
    "sqlalchemy",
    "ipykernel",
    "pytest",
)
WITHOUT_EXTRAS = f"""
import os, sys

class Absent:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if os.environ.get("LIGHT") and name.partition(".")[0] in {HEAVY!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layout of an environment is that of Linux")


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def environment(distributions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of an environment with the wheel; other packages are those of this one."""
    root = tmp_path_factory.mktemp("fresh") / "environment"
    venv.create(root, with_pip=False)
    (wheel,) = distributions.glob("*.whl")
    python = root / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    done = subprocess.run([*install, str(wheel)], capture_output=True, text=True)
    if done.returncode and "--python" in done.stderr:
        pytest.skip("this pip cannot install into another environment")
    assert done.returncode == 0, done.stderr
    (packages,) = root.glob("lib/python*/site-packages")
    (packages / "zz_shared.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (packages / "sitecustomize.py").write_text(WITHOUT_EXTRAS, encoding="utf-8")
    return root / "bin"


def run(environment: Path, *words: object, cwd: Path, light: bool = False, expect: int = 0) -> str:
    inherited = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "GRADER_CACHE"}}
    command = [str(environment / "grader"), *(str(word) for word in words)]
    done = subprocess.run(
        command, cwd=cwd, env={**inherited, **({"LIGHT": "1"} if light else {})}, capture_output=True, text=True
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout + done.stderr


def names_in(distributions: Path) -> dict[str, list[str]]:
    (wheel,) = distributions.glob("*.whl")
    (source,) = distributions.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as opened, tarfile.open(source) as unpacked:
        return {"wheel": opened.namelist(), "sdist": [name.partition("/")[2] for name in unpacked.getnames()]}


def test_they_hold_the_package_and_no_solution(distributions: Path) -> None:
    names = names_in(distributions)
    for kind, inside in names.items():
        assert "grader/py.typed" in inside, kind
        assert not [name for name in inside if re.match(r"(solutions|assignments|tests)/", name)], kind
        assert any(name.endswith("LICENSE") for name in inside), kind
    package = {name for name in names["wheel"] if name.startswith("grader/")}
    tracked = subprocess.run(["git", "ls-files", "grader"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert set(tracked) <= package, "what lies in the repository is in the wheel too"


def test_no_line_of_a_solution_is_in_the_wheel(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        text = "\n".join(opened.read(name).decode("utf-8", "replace") for name in opened.namelist())
    regions = re.findall(
        r"### BEGIN SOLUTION\n(.*?)### END SOLUTION",
        "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("solutions/*/*.py"))),
        re.DOTALL,
    )
    assert len(regions) > 50
    assert [region for region in regions if len(region.strip()) > 60 and region.strip() in text] == []


def test_a_student_needs_little(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        (name,) = (name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        told = HeaderParser().parsestr(opened.read(name).decode())
    assert told["Name"] == "torch-grader"
    assert told["License-Expression"] == "BSD-3-Clause"
    wanted = [Requirement(line) for line in told.get_all("Requires-Dist", [])]
    assert {one.name for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})} == LIGHT
    assert {"course", "nbgrader", "dev"} <= set(told.get_all("Provides-Extra", []))


def test_a_course_is_begun_released_and_checked_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    python = [str(environment / "python"), "-c", "import grader; print(grader.__file__)"]
    found = subprocess.run(python, cwd=tmp_path, capture_output=True, text=True).stdout
    assert found.startswith(str(environment.parent)), "the package is the wheel's, not the checkout's"

    run(environment, "new", "--course", course, "rows", cwd=tmp_path)
    write(course / "solutions" / "seed.txt", "abcdefgh\n")
    run(environment, "release", tmp_path / "released", cwd=course)
    released = tmp_path / "released"
    stub = released / "assignments" / "rows" / "rows.py"
    run(environment, "check", cwd=released, light=True, expect=1)
    answer = stub.read_text(encoding="utf-8").replace("raise NotImplementedError", "return torch.mean(x, dim=1)")
    stub.write_text(answer, encoding="utf-8")
    assert "passed" in run(environment, "check", cwd=released, light=True)


def test_the_demo_needs_no_clone(environment: Path, tmp_path: Path) -> None:
    told = run(environment, "demo", "--json", tmp_path / "out.json", cwd=tmp_path)
    report = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    points = {one["student"]: one["points"] for one in report["submissions"]}
    assert points == {"ada": 6.0, "ben": 1.0, "chloe": 2.0, "dan": 0.0, "eve": 0.0}
    outcomes = {one["outcome"] for submission in report["submissions"] for one in submission["exercises"]}
    assert outcomes == {"passed", "failed", "forbidden", "missing", "unreadable", "raised", "crashed"}
    assert "It looks like this: These are the plain dot products" in told
    assert report["complete"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json"], "nothing stays but what was asked for"


def test_what_an_extra_brings_is_asked_for_in_words(environment: Path, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", "doubling")
    told = run(environment, "build", cwd=course, light=True, expect=2)
    assert "torch-grader[course]" in told
    told = run(environment, "demo", cwd=tmp_path, light=True, expect=2)
    assert "torch-grader[course]" in told
