"""Released autograders, run as the systems run them: unpacked, one submission, their results file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.commands import cli
from tests.courses import write
from tests.engine.sandbox.ordinary import USER
from tests.integrations.exporters import schemas
from tests.publishing.targets.steps import shims
from tests.small_course import RIGHT

ORDINARY = Path(__file__).with_name("ordinary_user.py")
SPY = """
import glob, os
FOUND = {}
for pattern in ("{root}/source/course/**", "/autograder/**", "{root}/results/*"):
    for path in glob.glob(pattern, recursive=True):
        try:
            FOUND[path] = open(path).read()
        except OSError as error:
            FOUND[path] = ""
try:
    open("{root}/results/results.json", "w").write('{"score": 6}')
except OSError:
    pass
"""
WRONG = "import torch\n\n\n" + "\n\n".join({**RIGHT, "double": "def double(x):\n    return 3 * x\n"}.values())


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that other users can reach."""
    with tempfile.TemporaryDirectory(prefix="grader-test-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def released(course: Path, kind: str, where: Path) -> Path:
    assert cli.run(["release", "--to", kind, str(where), "small", "--course", str(course)]) == 0
    return where


def gradescope(course: Path, folder: Path, answer: str, inside: str = "small.py") -> Path:
    """Return a tree as Gradescope has it, with a submission."""
    root = folder / "autograder"
    with zipfile.ZipFile(released(course, "gradescope", folder / "small.zip")) as archive:
        for info in archive.infolist():
            path = Path(archive.extract(info, root / "source"))
            path.chmod(info.external_attr >> 16 & 0o777)
    write(root / "submission" / inside, answer)
    write(root / "submission_metadata.json", json.dumps({"users": [{"email": "ada@example.org"}]}))
    (root / "results").mkdir()
    return root


def grade(root: Path, *before: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GRADER_AUTOGRADER_ROOT": str(root), "GRADER_PYTHON": sys.executable, **more}
    environment.pop("GRADER_CACHE", None)
    command = [*before, "/bin/bash", str(root / "source/run_autograder")]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/")


def results(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not os.environ.get("GRADER_WHOLE_CLASS"), reason="half a minute; GRADER_WHOLE_CLASS=1 runs it")
def test_gradescope_as_root_with_a_zip_root_in_a_folder(built_course: Path, folder: Path) -> None:
    spying = SPY.replace("{root}", str(folder / "autograder"))
    leak = WRONG.replace("    return 3 * x", "    raise ValueError(repr(FOUND))")
    root = gradescope(built_course, folder, f"{spying}\n{leak}", "my work/homework 1/small.py")
    assert os.access(root / "source/run_autograder", os.X_OK)
    assert b"\r" not in (root / "source/run_autograder").read_bytes()
    done = grade(root)
    assert done.returncode == 0, done.stdout + done.stderr
    found = results(root / "results/results.json")
    jsonschema.validate(found, schemas.GRADESCOPE)
    assert (found["score"], found["visibility"]) == (4.0, "after_due_date")
    assert [test["score"] for test in found["tests"]] == [0.0, 1.0, 1.0, 1.0, 1.0]
    assert "the-secret-of-this-term" not in json.dumps(found) + done.stdout + done.stderr
    assert "BEGIN SOLUTION" not in json.dumps(found)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_gradescope_as_an_ordinary_user(built_course: Path, folder: Path) -> None:
    root = gradescope(built_course, folder, WRONG)
    for path in (root, *root.rglob("*")):
        os.chown(path, USER, USER)
    done = grade(root, sys.executable, str(ORDINARY), HOME=str(folder))
    if done.returncode and "PermissionError" in done.stderr and "become_ordinary" in done.stderr:
        pytest.skip("this host does not let us become another user")
    assert done.returncode == 0, done.stdout + done.stderr
    assert results(root / "results/results.json")["score"] == 4.0
    assert (root / "results/results.json").stat().st_uid == USER


def test_gradescope_without_a_result_is_no_zero(built_course: Path, folder: Path) -> None:
    root = gradescope(built_course, folder, WRONG)
    (root / "source/course/solutions/small/small.py").unlink()
    write(root / "results/results.json", '{"score": 6}')
    done = grade(root)
    assert done.returncode == 1
    assert not (root / "results/results.json").exists()
    assert "This is no zero: it must be graded again." in done.stderr


def test_gradescope_sets_itself_up(built_course: Path, folder: Path) -> None:
    root = gradescope(built_course, folder, WRONG)
    (root / "python").mkdir()
    (root / "venv").mkdir()
    environment = shims(folder / "shims") | {"GRADER_AUTOGRADER_ROOT": str(root)}
    done = subprocess.run(["bash", str(root / "source/setup.sh")], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    log = (folder / "shims/log").read_text()
    assert "--torch-backend cpu -r" in log
    assert (root / "source/course").stat().st_mode & 0o077 == 0
    needed = (root / "source/requirements.txt").read_text()
    assert "torch<" in needed
    assert "extra" not in needed


def test_gradescope_takes_one_zip_for_one_assignment(
    built_course: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    released(built_course, "gradescope", folder / "small.zip")
    words = ["release", "--to", "gradescope", str(folder / "small.zip"), "--course", str(built_course)]
    assert cli.run(words) == 2
    assert "is there already" in capsys.readouterr().err
    before = (folder / "small.zip").read_bytes()
    assert cli.run([*words, "--force"]) == 0
    assert (folder / "small.zip").read_bytes() == before
    assert "the zip holds references and seed: give it to nobody" in capsys.readouterr().out


def test_classroom50(built_course: Path, folder: Path) -> None:
    bundle = released(built_course, "classroom50", folder / "out") / "autograders/small"
    everything = b"".join(p.read_bytes() for p in (bundle / "course").rglob("*") if p.is_file())
    assert b"BEGIN SOLUTION" not in everything
    assert b"the-secret-of-this-term" not in everything
    assert sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file()) < 10_000_000
    checkout = folder / "checkout"
    write(checkout / "assignments/small/small.py", WRONG)
    write(checkout / "assignments/small/checks.py", "raise SystemExit('not mine')")
    names = {"CLASSROOM": "dl", "ASSIGNMENT": "small", "OWNER": "ada", "SUBMISSION_TAG": "submit/1"}
    environment = {**os.environ, **names, "CLASSROOM50_BUNDLE_DIR": str(bundle), "COMMIT_URL": "https://c"}
    command = [sys.executable, str(bundle / "autograder.py")]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    found = results(checkout / "result.json")
    jsonschema.validate(found, schemas.CLASSROOM50)
    assert (found["score"], found["max-score"], found["owner"], found["commit"]) == (4, 6, "ada", "https://c")
    assert "On an example that fails" in (checkout / "release-body.md").read_text()


def test_autolab(built_course: Path, folder: Path, cache: Path) -> None:
    lab = released(built_course, "autolab", folder / "out") / "small"
    work = folder / "work"
    work.mkdir()
    shutil.copy(lab / "autograde.tar", work)
    shutil.copy(lab / "autograde-Makefile", work / "Makefile")
    write(work / "small.py", WRONG)
    environment = {**os.environ, "GRADER_PYTHON": sys.executable, "GRADER_CACHE": str(cache)}
    done = subprocess.run(["make", "-s"], cwd=work, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout.splitlines()[-1])["scores"]
    problems = (lab / "small.yml").read_text()
    assert scores == {"double": 0.0, "backwards": 1.0, "total": 1.0, "argmax": 1.0, "root": 1.0}
    assert all(f'name: "{name}"' in problems for name in scores)
    with tarfile.open(lab / "autograde.tar") as archive:
        modes = {member.mode & 0o077 for member in archive if "/course/" in member.name}
    assert modes == {0}


def test_prairielearn(built_course: Path, folder: Path, cache: Path) -> None:
    question = released(built_course, "prairielearn", folder / "out") / "questions/small"
    info = json.loads((question / "info.json").read_text())
    assert info["externalGradingOptions"]["entrypoint"] == "/grade/tests/run.sh"
    assert info["externalGradingOptions"]["enableNetworking"] is False
    assert "torch" in (folder / "out/docker/requirements.txt").read_text()
    root = folder / "grade"
    shutil.copytree(question / "tests", root / "tests")
    write(root / "student/small.py", WRONG)
    environment = {**os.environ, "GRADER_AUTOGRADER_ROOT": str(root), "GRADER_PYTHON": sys.executable}
    environment["GRADER_CACHE"] = str(cache)
    done = subprocess.run([root / "tests/run.sh"], capture_output=True, text=True, env=environment, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr
    found = results(root / "results/results.json")
    jsonschema.validate(found, schemas.PRAIRIELEARN)
    assert found["score"] == pytest.approx(4 / 6)
