"""What is released for GitHub and GitLab: linted, and run step by step."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
import yaml

from grader.commands import cli
from tests.courses import write
from tests.integrations.ci.repository import commit
from tests.publishing.targets.steps import load, program, run_steps, shims
from tests.small_course import RIGHT

ANSWER = "import torch\n\n\n" + "\n\n".join(RIGHT.values())


@pytest.fixture(scope="module")
def released(built_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a template repository, `students`, and the instructors' repository, `course`."""
    root = tmp_path_factory.mktemp("released")
    write(root / "course/course.toml", (built_course / "course.toml").read_bytes())
    words = ["release", "--to", "github", str(root / "students"), "--course", str(built_course)]
    assert cli.run([*words, "--grading", str(root / "course")]) == 0
    assert cli.run(["release", "--to", "gitlab", str(root / "gitlab"), "--course", str(built_course)]) == 0
    return root


def workflows(released: Path) -> list[Path]:
    found = sorted(released.glob("*/.github/workflows/*.yml"))
    assert [path.name for path in found] == ["grade-class.yml", "grade.yml", "check.yml"]
    return found


def lint(*words: str) -> None:
    done = subprocess.run([program(words[0]), *words[1:]], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_workflows_pass_actionlint(released: Path) -> None:
    lint("actionlint", *map(str, workflows(released)))


def test_workflows_fit_their_schemas(released: Path) -> None:
    lint("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, workflows(released)))
    lint("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(released / "gitlab/.gitlab-ci.yml"))


def test_workflows_give_nothing_away(released: Path) -> None:
    settings = str(Path(__file__).resolve().parents[3] / ".github/zizmor.yml")
    options = ("--offline", "--quiet", "--no-progress", "--min-severity", "medium", "--config", settings)
    lint("zizmor", *options, *map(str, workflows(released)))


def test_the_package_that_students_get_can_be_installed(released: Path, tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    copy = tmp_path / "vendor"
    subprocess.run(["cp", "-r", str(released / "students/vendor"), str(copy)], check=True)
    done = subprocess.run([*command, "-w", str(tmp_path), str(copy)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("torch_grader-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert "grader/results/render/templates/page.html.j2" in archive.namelist()


def test_workflows_use_current_actions_few_rights_and_no_expression_in_a_script(released: Path) -> None:
    for path in workflows(released):
        found = load(path)
        assert found["permissions"] == {"contents": "read"}
        steps = [step for job in found["jobs"].values() for step in job.get("steps", ())]
        used = {step["uses"] for step in steps if "uses" in step}
        assert used <= {"actions/checkout@v7", "actions/setup-python@v7", "actions/upload-artifact@v7"}
        for step in steps:
            assert "${{" not in step.get("run", ""), "an expression in a script can be made a command by its value"
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False


def test_students_get_nothing_of_the_solutions(released: Path) -> None:
    students = released / "students"
    text = b"".join(path.read_bytes() for path in students.rglob("*") if path.is_file() and "vendor" not in path.parts)
    assert b"BEGIN SOLUTION" not in text
    assert b"x[list(range(len(x) - 1, -1, -1))]" not in text
    assert not (students / "solutions").exists()
    assert not list(students.rglob("seed.txt"))
    readme = (students / "README.md").read_text(encoding="utf-8")
    assert "grader check small" in readme


def test_a_students_push_is_checked_by_the_released_workflow(released: Path, tmp_path: Path) -> None:
    students = tmp_path / "students"
    subprocess.run(["cp", "-r", str(released / "students"), str(students)], check=True)
    commit(students)
    write(students / "assignments/small/small.py", ANSWER.replace("2 * x", "3 * x"))
    commit(students)
    environment = shims(tmp_path / "shims")
    github = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    install, check = run_steps(
        load(students / ".github/workflows/check.yml")["jobs"]["check"]["steps"], students, environment | github
    )
    assert install.returncode == 0
    assert (tmp_path / "shims/log").read_text().splitlines() == [
        "python -m pip install uv",
        "uv pip install --system --torch-backend cpu ./vendor",
    ]
    assert check.returncode == 1, check.stderr
    assert "::error file=assignments/small/small.py,line=4,title=small.double%3A wrong answer::" in check.stdout
    assert "4/6" in (tmp_path / "summary.md").read_text()


def test_hidden_checks_run_in_the_instructors_repository(
    released: Path, built_course: Path, cache: Path, tmp_path: Path
) -> None:
    course, clone = tmp_path / "course", tmp_path / "course/clones/ada"
    subprocess.run(["cp", "-r", str(built_course), str(course)], check=True)
    clone.parent.mkdir()
    subprocess.run(["cp", "-r", str(released / "students"), str(clone)], check=True)
    write(clone / "assignments/small/small.py", ANSWER)
    write(clone / "course.toml", "not the course's")
    commit(clone)
    found = load(released / "course/.github/workflows/grade.yml")
    assert set(found["on"]) == {"workflow_call", "workflow_dispatch"}
    environment = shims(tmp_path / "shims") | {"GRADER_SEED": "the-secret-of-this-term", "GRADER_CACHE": str(cache)}
    done = run_steps(found["jobs"]["grade"]["steps"], course, environment)
    assert [one.returncode for one in done] == [0, 0, 0], done[-1].stdout + done[-1].stderr
    report = json.loads((course / "grader-ci/results.json").read_text())
    assert [(one["student"], one["points"]) for one in report["submissions"]] == [("ada", 6.0)]
    assert "the-secret-of-this-term" not in (course / "grader-ci/results.json").read_text()


def test_the_class_is_read_from_a_list(released: Path, tmp_path: Path) -> None:
    write(tmp_path / "repositories.csv", '\ufeffstudent,repository\nada,org/ada\n"kim, 민준",org/kim\n')
    steps = load(released / "course/.github/workflows/grade-class.yml")["jobs"]["list"]["steps"]
    environment = shims(tmp_path / "shims") | {"GITHUB_OUTPUT": str(tmp_path / "output")}
    (done,) = run_steps(steps, tmp_path, environment)
    assert done.returncode == 0, done.stderr
    name, _, value = (tmp_path / "output").read_text().partition("=")
    assert name == "students"
    assert [one["student"] for one in json.loads(value)] == ["ada", "kim, 민준"]


def test_gitlab_shows_the_exercises_as_tests(released: Path, tmp_path: Path) -> None:
    project = released / "gitlab"
    job = yaml.safe_load((project / ".gitlab-ci.yml").read_text())["check"]
    assert job["artifacts"]["reports"]["junit"] == "grader-ci/junit.xml"
    assert job["artifacts"]["when"] == "always"
    write(project / "assignments/small/small.py", ANSWER)
    commit(project)
    steps = [{"run": line} for line in job["script"]]
    done = run_steps(steps, project, shims(tmp_path / "shims"))
    assert [one.returncode for one in done] == [0, 0, 0], done[-1].stderr
    root = ET.parse(project / "grader-ci/junit.xml").getroot()
    assert (root.get("tests"), root.get("failures")) == ("5", "0")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", "github", "{done}"], "is there already"),
        (["--to", "github", "{course}"], "holds solutions/: that is no folder for students"),
        (["--to", "github", "{new}", "--grading", "{new}"], "is no course: it has no course.toml"),
        (["--to", "gitlab", "{new}", "--grading", "."], "--grading goes with --to github only"),
        (["--to", "github", "{new}", "--allow-weak"], "--allow-weak goes with --to gradescope"),
        (["--to", "gitea", "{new}"], "--to 'gitea' is not known"),
    ],
)
def test_what_cannot_be_is_told(
    released: Path,
    built_course: Path,
    tmp_path: Path,
    words: list[str],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"done": released / "students", "course": built_course, "new": tmp_path / "new"}
    words = [word.format(**places) for word in words]
    assert cli.run(["release", *words, "--course", str(built_course)]) == 2
    assert told in re.sub(r"\s+", " ", capsys.readouterr().err)
