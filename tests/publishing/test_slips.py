"""What an author declares in vain is told, each slip by a message with what to do; a course in order has none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.commands.cli import run
from grader.course.loading import load_exercises
from grader.course.settings import load_course
from grader.judging.schedule import Options, open_graders
from grader.publishing.proofs.items import Item, Patient
from grader.publishing.proofs.slips import prove
from grader.records.errors import AuthorError
from tests.courses import CHECKS, SOURCE, write, write_settings

SLIPS = """\
from grader.authoring import exercise, only, tensors


@exercise(points=1, bans="torch.outerr")
def mistyped(submission, x=tensors("n")):
    return submission.double(x)


@exercise(points=1, bans=["numpy.outer", "for"], names="double")
def outside(submission, x=tensors("n")):
    return submission.double(x)


@exercise(points=1, needs="nn.functional.linaer", only=only("torch.tensr"), names="double")
def needed(submission, x=tensors("n")):
    return submission.double(x)


@exercise(points=1, names="double")
def sized(submission, x=tensors("n", sizes={"m": (1, 3)}), y=tensors("k", sizes={"n": (1, 2)})):
    return submission.double(x)


@exercise(points=1, names="double")
def verdict(submission, x=tensors("n", gradient=False)):
    return bool((submission.double(x) == x * 2).all())


@exercise(points=1, names="double")
def forgotten(submission, x=tensors("n", gradient=False)):
    submission.double(x)


KNOWN = ["torch.gather", "torch.*softmax*", "torch.Tensor.__add__", "torch.Tensor.item", "torch.nn.Linear",
    "torch.autograd", "torch.nn.Module.apply", "torch.scatter_add", "torch.one_hot", "torchvision.utils.make_grid"]


@exercise(points=1, names="double", bans=KNOWN)
def in_order(submission, x=tensors("n", gradient=False), flag=tensors("", dtype="bool")):
    return submission.double(x), bool(flag)
"""

FURTHER = """

# %%
def helper(x):
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION


# %%
def mistyped(x):
    ### BEGIN SOLUTION
    return helper(x)
    ### END SOLUTION


# %%
def nobody_asks(x):
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION
"""


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Item]]:
    root = write_settings(tmp_path_factory.mktemp("course"), "sloppy", "tidy")
    write(root / "assignments/sloppy/checks.py", SLIPS)
    write(root / "solutions/sloppy/sloppy.py", SOURCE + FURTHER)
    write(root / "assignments/tidy/checks.py", CHECKS)
    write(root / "solutions/tidy/tidy.py", SOURCE)
    course = load_course(root)
    with open_graders(course, course.names, Options(seed=1)) as graders:
        found = list(prove(Patient(course, course.names, graders)))
    return {item.subject: [one for one in found if one.subject == item.subject] for item in found}


@pytest.mark.parametrize(
    ("subject", "message", "hint"),
    [
        ("sloppy.mistyped", "bans: torch has no 'torch.outerr'", "Did you mean 'torch.outer'?"),
        ("sloppy.outside", "bans: torch has no 'numpy.outer'", "no_numpy=True"),
        ("sloppy.outside", "bans: torch has no 'for'", "no_loops=True"),
        ("sloppy.needed", "needs: torch has no 'nn.functional.linaer'", "Did you mean 'torch.nn.functional.linear'?"),
        ("sloppy.needed", "only: torch has no 'torch.tensr'", "Did you mean 'torch.tensor'?"),
        ("sloppy.sized/sized", "sizes of 'x' bound 'm', which stands in no shape", "The letters of this probe: k, n."),
        ("sloppy.verdict/verdict", "returned True on every example: whoever returns True passes", "not a verdict"),
        ("sloppy.forgotten/forgotten", "returned None on every example: is a `return` missing?", "is to be compared"),
        ("sloppy.nobody_asks", "students are to write 'nobody_asks', but no exercise asks for it", "names=(...)"),
    ],
)
def test_each_slip_is_told(items: Mapping[str, list[Item]], subject: str, message: str, hint: str) -> None:
    (found,) = (item for item in items[subject] if item.message == message)
    assert not found.ok
    assert hint in found.hint


def test_nothing_else_is_a_slip(items: Mapping[str, list[Item]]) -> None:
    assert [item.ok for item in items.pop("tidy")] == [True]
    assert sum(map(len, items.values())) == 9, items


def test_build_notes_slips(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_settings(tmp_path, "tidy")
    write(root / "assignments/tidy/checks.py", CHECKS.replace("points=1", 'points=1, bans="torch.outerr"'))
    write(root / "solutions/tidy/tidy.py", SOURCE)
    assert run(["build", "--course", str(root)]) == 0
    told = capsys.readouterr().err
    assert "note: tidy.double: bans: torch has no 'torch.outerr'. Did you mean 'torch.outer'?" in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "points=1",
            "points=1, hint='Twice.'",
            "double: unknown option 'hint'; known are aliasing, atol, bans,",
        ),
        ('tensors("n")', 'tensors("n", lowest=0)', "unexpected keyword argument 'lowest'"),
    ],
)
def test_an_unknown_option_is_told_with_all_that_are_known(tmp_path: Path, old: str, new: str, told: str) -> None:
    write(tmp_path / "assignments/tidy/checks.py", CHECKS.replace(old, new))
    with pytest.raises(AuthorError) as raised:
        load_exercises(tmp_path, "tidy")
    assert told in raised.value.message
    assert raised.value.hint in (
        "Did you mean 'hints'?",
        "tensors takes shape, dtype, low, high, ties, min_size, max_size, sizes, rank, layout, gradient, distinct, "
        "special.",
    )
