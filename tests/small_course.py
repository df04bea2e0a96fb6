"""A small course with everything that grading needs, for tests of the engine."""

from __future__ import annotations

from pathlib import Path

from grader.submissions.finding import Submission
from tests.courses import write, write_settings

CHECKS = """\
from grader.authoring import axis_of, exercise, integers, lawful, seeds, tensors


@exercise(points=2, hints=["Twice."])
def double(submission, x=tensors("n m")):
    return submission.double(x)


@exercise(points=1, bans="torch.flip")
def backwards(submission, x=tensors("n")):
    return submission.backwards(x)


@exercise(points=1, needs="torch.einsum")
def total(submission, x=tensors("n m", gradient=False)):
    return submission.total(x)


@exercise(points=1)
def argmax(submission, x=tensors("n", ties=True, sizes={"n": (1, 5)}, gradient=False)):
    return lawful(submission.argmax(x))


@argmax.law("the index points at a maximum")
def _(example, observed):
    return bool(example.x[observed] == example.x.max())


@exercise(points=1, raises="ValueError")
def root(submission, n=integers(-3, 9)):
    return submission.root(n)
"""

REFERENCE = """\
# %%
import torch


def double(x):
    ### BEGIN SOLUTION
    return x + x
    ### END SOLUTION


def backwards(x):
    ### BEGIN SOLUTION
    return x[list(range(len(x) - 1, -1, -1))]
    ### END SOLUTION


def total(x):
    ### BEGIN SOLUTION
    return torch.einsum("ij->", x)
    ### END SOLUTION


def argmax(x):
    ### BEGIN SOLUTION
    return int(x.argmax())
    ### END SOLUTION


def root(n):
    ### BEGIN SOLUTION
    if n < 0:
        raise ValueError(f"no root of {n}")
    return n**0.5
    ### END SOLUTION
"""

MISTAKES = '''\
from grader.authoring import mistake


@mistake("small.double")
def squared(x):
    """Twice x is x + x, not x * x."""
    return x * x
'''

RIGHT = {
    "double": "def double(x):\n    return 2 * x\n",
    "backwards": "def backwards(x):\n    return torch.stack([*x.unbind()][::-1]) if len(x) else x.clone()\n",
    "total": "def total(x):\n    return torch.einsum('ij->i', x).sum()\n",
    "argmax": "def argmax(x):\n    return max(range(len(x)), key=lambda i: float(x[i]))\n",
    "root": "def root(n):\n    if n < 0:\n        raise ValueError\n    return float(n) ** 0.5\n",
}


def write_small_course(root: Path) -> Path:
    """Write the course `small`: five exercises, a mistake, and a second that all examples and limits stay small."""
    settings = (
        'format = 1\nid = "small"\ntitle = "Small"\nlanguages = ["en"]\n'
        "[examples]\npublic = 12\ngraded = 30\n[limits]\nseconds_to_load = 2.0\nseconds_per_example = 1.0\n"
    )
    write_settings(root, "small", settings=settings)
    text = (root / "course.toml").read_text(encoding="utf-8").replace("points = 1", "points = 6")
    write(root / "course.toml", text)
    write(root / "assignments/small/checks.py", CHECKS)
    write(root / "solutions/small/small.py", REFERENCE)
    write(root / "solutions/small/mistakes.py", MISTAKES)
    return root


def submission(student: str = "ada", **changed: str) -> Submission:
    """Return right answers to all five exercises, but for the ones given as source."""
    parts = ["import torch\n", *({**RIGHT, **changed}).values()]
    return Submission(student, "small", "small.py", ("\n\n".join(parts),))
