"""Authors' files: what they declare, in order, and what their mistakes say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from grader.course.loading import load_alternatives, load_exercises, load_mistakes, load_probes
from grader.records.errors import AuthorError
from tests.courses import write

START = "from grader.authoring import exercise, further, mistake, tensors\n"


def checks(root: Path, body: str, assignment: str = "demo") -> Path:
    return write(root / "assignments" / assignment / "checks.py", START + body)


def hidden(root: Path, body: str, assignment: str = "demo") -> Path:
    return write(root / "solutions" / assignment / "hidden.py", START + body)


def mistakes(root: Path, body: str, assignment: str = "demo") -> Path:
    return write(root / "solutions" / assignment / "mistakes.py", START + body)


TWO = """
@exercise(points=2)
def zebra(submission, x=tensors("n")):
    return submission.zebra(x)

@zebra.also()
def on_matrices(submission, x=tensors("n m")):
    return submission.zebra(x)

@exercise(points=1)
def apple(submission, x=tensors("n")):
    return submission.apple(x)
"""


def test_exercises_come_in_order_with_ids(tmp_path: Path) -> None:
    path = checks(tmp_path, TWO)
    exercises = load_exercises(tmp_path, "demo")
    assert [exercise.id for exercise in exercises] == ["demo.zebra", "demo.apple"]
    assert [probe.id for probe in exercises[0].probes] == ["demo.zebra/zebra", "demo.zebra/on_matrices"]
    assert [probe.id for probe in load_probes("demo", path)] == [
        "demo.zebra/zebra",
        "demo.zebra/on_matrices",
        "demo.apple/apple",
    ]


def test_hidden_probes_only_when_asked(tmp_path: Path) -> None:
    checks(tmp_path, TWO)
    path = hidden(
        tmp_path, '@further("apple")\ndef secret(submission, x=tensors("n")):\n    return submission.apple(x)\n'
    )
    assert [len(exercise.probes) for exercise in load_exercises(tmp_path, "demo")] == [2, 1]
    apple = load_exercises(tmp_path, "demo", hidden=True)[1]
    assert [(probe.id, probe.hidden) for probe in apple.probes] == [
        ("demo.apple/apple", False),
        ("demo.apple/secret", True),
    ]
    assert [probe.id for probe in load_probes("demo", path)] == ["demo.apple/secret"]


def test_files_do_not_share_a_module(tmp_path: Path) -> None:
    checks(tmp_path, TWO)
    before = set(sys.modules)
    first, second = load_exercises(tmp_path, "demo"), load_exercises(tmp_path, "demo")
    assert first[0] is not second[0]
    assert len({name for name in set(sys.modules) - before if name.startswith("grader_course_demo_checks")}) == 2


def test_dataclasses_work_in_an_authors_file(tmp_path: Path) -> None:
    head = "from __future__ import annotations\nimport dataclasses\n"
    box = "@dataclasses.dataclass\nclass Box:\n    side: int\n\n"
    body = '@exercise(points=1)\ndef f(s, x=tensors("n")):\n    return 1\n'
    write(tmp_path / "assignments/demo/checks.py", head + START + box + body)
    assert load_exercises(tmp_path, "demo")[0].name == "f"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("x = 1\n", "assignments/demo/checks.py declares no exercise."),
        ("def f(:\n", "assignments/demo/checks.py:2: SyntaxError: invalid syntax\n    def f(:\n          ^"),
        (
            "def helper():\n    return missing\n\nhelper()\n",
            "assignments/demo/checks.py:3: NameError: name 'missing' is not defined\n"
            "    line 5, in <module>: helper()\n    line 3, in helper: return missing",
        ),
        (
            "import sys\nsys.exit(1)\n",
            "assignments/demo/checks.py:3: SystemExit: 1\n    line 3, in <module>: sys.exit(1)",
        ),
        (
            '@exercise(points=0)\ndef f(s, x=tensors("n")): ...\n',
            "assignments/demo/checks.py:2: f: points must be greater than 0, not 0\n"
            "    line 2, in <module>: @exercise(points=0)",
        ),
        (
            '@exercise(points=float("inf"))\ndef f(s, x=tensors("n")): ...\n',
            "assignments/demo/checks.py: f is worth inf points; it must be a number.",
        ),
        (
            TWO + TWO[1:].partition("\n\n")[0] + "\n",
            "assignments/demo/checks.py:15: 'zebra' is defined again and replaces line 4.",
        ),
        (
            TWO + "@zebra.also()\ndef zebra(s): ...\n",
            "assignments/demo/checks.py:15: 'zebra' is defined again and replaces line 4.",
        ),
        (
            TWO + "@zebra.also()\ndef _(s): ...\n@zebra.also()\ndef _(s): ...\n",
            "assignments/demo/checks.py: demo.zebra has two probes called '_'; each needs a name of its own.",
        ),
    ],
)
def test_broken_checks(tmp_path: Path, body: str, message: str) -> None:
    checks(tmp_path, body)
    with pytest.raises(AuthorError) as caught:
        load_exercises(tmp_path, "demo")
    assert caught.value.message == message


def test_hints_of_the_authoring_vocabulary_survive(tmp_path: Path) -> None:
    checks(tmp_path, "@exercise(points=1)\ndef f(submission, x): ...\n")
    with pytest.raises(AuthorError) as caught:
        load_exercises(tmp_path, "demo")
    assert "parameter 'x' has no input space" in caught.value.message
    assert caught.value.hint is not None
    assert "x=tensors" in caught.value.hint


def test_a_file_that_raises_leaves_no_module_behind(tmp_path: Path) -> None:
    checks(tmp_path, "raise ValueError", "leaver")
    with pytest.raises(AuthorError):
        load_exercises(tmp_path, "leaver")
    assert not [name for name in sys.modules if name.startswith("grader_course_leaver")]


def test_missing_checks(tmp_path: Path) -> None:
    with pytest.raises(AuthorError) as caught:
        load_exercises(tmp_path, "demo")
    assert caught.value.message == "assignments/demo/checks.py is missing."
    assert caught.value.hint == "An assignment needs it: `grader new <name>` writes a first one."


def test_checks_that_are_a_folder(tmp_path: Path) -> None:
    (tmp_path / "assignments/demo/checks.py").mkdir(parents=True)
    with pytest.raises(AuthorError, match=r"assignments/demo/checks\.py cannot be read: Is a directory\."):
        load_exercises(tmp_path, "demo")


@pytest.mark.parametrize(
    ("body", "message", "hint"),
    [
        (
            '@further("aple")\ndef secret(s, x=tensors("n")): ...\n',
            "solutions/demo/hidden.py: a further probe of 'aple', but checks.py has no such exercise.",
            "Did you mean 'apple'?",
        ),
        (
            '@further("apple")\ndef apple(s, x=tensors("n")): ...\n',
            "solutions/demo/hidden.py: demo.apple has two probes called 'apple'; each needs a name of its own.",
            None,
        ),
        (
            "x = 1\n",
            "solutions/demo/hidden.py declares no further probe.",
            'Put @further("<exercise>") from grader.authoring above a probe, or delete the file.',
        ),
    ],
)
def test_broken_hidden_probes(tmp_path: Path, body: str, message: str, hint: str | None) -> None:
    checks(tmp_path, TWO)
    hidden(tmp_path, body)
    with pytest.raises(AuthorError) as caught:
        load_exercises(tmp_path, "demo", hidden=True)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_mistakes_come_in_order(tmp_path: Path) -> None:
    assert load_mistakes(tmp_path, "demo") == []
    one = '@mistake("demo.zebra")\ndef {name}(x):\n    """Look at {name}."""\n\n'
    mistakes(tmp_path, one.format(name="wrong") + one.format(name="also_wrong"))
    found = load_mistakes(tmp_path, "demo")
    assert [(mistake.name, mistake.message) for mistake in found] == [
        ("wrong", "Look at wrong."),
        ("also_wrong", "Look at also_wrong."),
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            '@mistake("other.zebra")\ndef wrong(x):\n    """No."""\n',
            'solutions/demo/mistakes.py: the mistake wrong is of the exercise "other.zebra".',
        ),
        (
            '@mistake("demo.a")\ndef wrong(x):\n    """No."""\n@mistake("demo.b")\ndef wrong(x):\n    """No."""\n',
            "solutions/demo/mistakes.py:6: 'wrong' is defined again and replaces line 3.",
        ),
        (
            '@mistake("demo.a")\ndef wrong(x): ...\n',
            "solutions/demo/mistakes.py:2: wrong: a mistake needs a docstring that tells the student what is wrong\n"
            '    line 2, in <module>: @mistake("demo.a")',
        ),
    ],
)
def test_broken_mistakes(tmp_path: Path, body: str, message: str) -> None:
    mistakes(tmp_path, body)
    with pytest.raises(AuthorError) as caught:
        load_mistakes(tmp_path, "demo")
    assert caught.value.message == message


def test_an_alternative_is_an_answer_as_a_student_would_hand_it_in(tmp_path: Path) -> None:
    body = '''
from grader.authoring import alternative
import math

HALF = 0.5

@alternative("demo.root")
def by_power(x):
    """By its exponent."""
    return x**HALF

@alternative("demo.root", replaces="helper")
def by_library(x):
    return math.sqrt(x)
'''
    write(tmp_path / "solutions/demo/alternatives.py", body)
    (first, code), (second, _) = load_alternatives(tmp_path, "demo")
    assert (first.name, first.replaces, second.replaces) == ("by_power", "root", "helper")
    assert code.split("\n")[:3] == ["import math", "HALF = 0.5", ""]
    assert "def root(x):" in code
    assert "alternative" not in code
    assert load_alternatives(tmp_path, "other") == []
    write(tmp_path / "solutions/other/alternatives.py", body)
    with pytest.raises(AuthorError, match=r'the alternative by_power is of the exercise "demo.root"'):
        load_alternatives(tmp_path, "other")
