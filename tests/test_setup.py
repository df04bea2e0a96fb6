"""What a fresh machine needs: constraints that resolve for every supported Python, the same versions everywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
SUPPORTED = ("3.11", "3.12", "3.13")
PYTHONS = ("3.11.0", "3.12.0", "3.13.0", "3.14.0")
PLATFORM = "x86_64-manylinux_2_28"
UNREACHED = re.compile(r"(?i)error sending request|dns error|connection (refused|reset)|timed out|network (was|is) ")


def project() -> Any:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def constraints() -> list[Requirement]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if not line.startswith("#")]


def holds(requirement: Requirement, python: str) -> bool:
    """Tell whether a line of the constraints speaks for this Python on Linux."""
    here = {**default_environment(), "python_full_version": python, "python_version": python.rpartition(".")[0]}
    return requirement.marker is None or requirement.marker.evaluate(here)


@pytest.mark.skipif(sys.platform != "linux", reason="the wheels of one platform are asked for")
def test_constraints_resolve() -> None:
    """Everything that `make` installs has a wheel for each Python in the pinned version; nothing is installed here."""
    beside = Path(sys.executable).with_name("uv")
    tool = str(beside) if beside.is_file() else shutil.which("uv")
    if tool is None:
        pytest.skip("uv is not installed")
    command = [
        tool,
        "pip",
        "compile",
        "--quiet",
        "--all-extras",
        "--only-binary",
        ":all:",
        "--python-platform",
        PLATFORM,
    ]
    command += ["--constraint", "constraints.txt", "pyproject.toml", "--python-version"]
    asked = [
        subprocess.Popen([*command, python], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        for python in PYTHONS
    ]
    said = [one.communicate()[1] for one in asked]
    if any(UNREACHED.search(text) for text in said):
        pytest.skip("no registry is within reach")
    assert [one.returncode for one in asked] == [0] * len(PYTHONS), "\n".join(said)


@pytest.mark.parametrize("python", PYTHONS)
def test_each_package_is_pinned_once_for_each_python(python: str) -> None:
    pinned = [requirement.name for requirement in constraints() if holds(requirement, python)]
    assert sorted(set(pinned)) == sorted(pinned)
    assert all(re.fullmatch(r"==[^,]+", str(requirement.specifier)) for requirement in constraints())


def test_what_is_installed_here_says_itself_that_it_suits_the_pythons_it_is_pinned_for() -> None:
    """Without a registry: a pin without a marker must be for a version that wants no newer Python than we do."""
    wrong = []
    for requirement in constraints():
        try:
            found = metadata.distribution(requirement.name)
        except metadata.PackageNotFoundError:
            continue
        wants = found.metadata.get("Requires-Python")
        if wants and requirement.specifier.contains(found.version):
            spoken_for = [python for python in PYTHONS if holds(requirement, python)]
            lists = Requirement(f"python{wants}").specifier
            wrong += [f"{requirement}: wants Python {wants}" for one in spoken_for if Version(one) not in lists]
    assert wrong == []


def test_the_constraints_name_no_registry() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE)


def test_the_pythons_promised_are_the_same_everywhere() -> None:
    classifiers = [line.rpartition(" ")[2] for line in project()["classifiers"] if "Python :: 3." in line]
    assert tuple(classifiers) == SUPPORTED
    workflow = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8"))
    assert tuple(workflow["jobs"]["test"]["strategy"]["matrix"]["python"]) == SUPPORTED
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Python {SUPPORTED[0]} to {SUPPORTED[-1]}" in readme
    assert project()["requires-python"] == f">={SUPPORTED[0]}"


def test_the_torch_promised_is_the_same_everywhere() -> None:
    ranges = {Requirement(line).name: Requirement(line).specifier for line in project()["dependencies"]}
    (low,) = (one.version for one in ranges["torch"] if one.operator == ">=")
    (pin,) = (requirement for requirement in constraints() if requirement.name == "torch")
    (version,) = (one.version for one in pin.specifier)
    assert version in ranges["torch"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"torch {low} to {version.rpartition('.')[0]}" in readme


@pytest.mark.skipif(shutil.which("make") is None, reason="the target is make's")
def test_the_lowest_torch_promised_is_tested_every_night(tmp_path: Path) -> None:
    """With all else as in the constraints; nothing is installed here."""
    written = tmp_path / "lowest.txt"
    subprocess.run(["make", "--silent", f"LOWEST={tmp_path / 'lowest'}", str(written)], cwd=ROOT, check=True)
    lines = [Requirement(line) for line in written.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    pair = {one.name: str(one.specifier) for one in lines if one.name in ("torch", "torchvision")}
    ranges = {Requirement(line).name: Requirement(line).specifier for line in project()["dependencies"]}
    low = {name: one.version for name in pair for one in ranges[name] if one.operator == ">="}
    assert pair == {"torch": f"=={low['torch']}", "torchvision": f"=={low['torchvision']}"}
    others = [str(one) for one in constraints() if one.name not in pair]
    assert sorted(str(one) for one in lines if one.name not in pair) == sorted(others)
    nightly = yaml.safe_load((ROOT / ".github/workflows/nightly.yml").read_text(encoding="utf-8"))
    assert any("make test-lowest" in step.get("run", "") for step in nightly["jobs"]["lowest"]["steps"])


def test_what_architecture_md_names_exists() -> None:
    text = (ROOT / "docs/maintainers/architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z]+/[a-z_/]*(?:\.py|/))`", text))
    assert len(named) > 20
    assert [
        name for name in sorted(named) if not (ROOT / name).exists() and not (ROOT / "grader" / name).exists()
    ] == []
