"""What the submission's own code calls, and whether its result depends on it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial, reduce
from typing import Any

import pytest
import torch
import torch.nn.functional as F
import torchvision
from torch import nn

from grader.engine.runner.perturber import Perturber
from grader.engine.runner.trace import Tracer

X = torch.arange(12.0).view(3, 4)
INDEX = torch.zeros(3, 4, dtype=torch.int64)
LABELS = torch.tensor([0, 2, 1])


def len_of(module: nn.Module) -> None:
    assert len(list(module.children())) == 0


def called_by(run: Callable[[], Any]) -> list[str]:
    with Tracer(called := [], own=__file__):
        run()
    return called


@pytest.mark.parametrize(
    ("run", "name"),
    [
        (lambda: torch.gather(X, 0, INDEX), "torch.gather"),
        (lambda: X.gather(0, INDEX), "torch.Tensor.gather"),
        (lambda: X.add(X), "torch.Tensor.add"),
        (lambda: X + X, "torch.Tensor.__add__"),
        (lambda: range(INDEX[0, 0]), "torch.Tensor.__index__"),
        (lambda: torch.zeros(3, 4).scatter_(0, INDEX, 1.0), "torch.Tensor.scatter_"),
        (lambda: torch.einsum("ij->", X), "torch.einsum"),
        (lambda: torch.functional.einsum("ij->", X), "torch.einsum"),
        (lambda: torch.ops.aten.gather(X, 0, INDEX), "torch.ops.aten.gather"),
        (lambda: torch.ops.aten.gather.default(X, 0, INDEX), "torch.ops.aten.gather"),
        (lambda: F.one_hot(LABELS), "torch.nn.functional.one_hot"),
        (lambda: F.softmax(X, 0), "torch.nn.functional.softmax"),
        (lambda: nn.Linear(4, 2), "torch.nn.modules.linear.Linear"),
        (lambda: torch.eye(2), "torch.eye"),
        (lambda: X.clone().requires_grad_().sum().backward(), "torch.Tensor.backward"),
        (lambda: X.grad, "torch.Tensor.grad"),
        (lambda: torch.autograd.functional.jacobian(torch.sin, X), "torch.autograd.functional.jacobian"),
        (lambda: nn.utils.rnn.pad_sequence([X, X]), "torch.nn.utils.rnn.pad_sequence"),
        (lambda: list(map(torch.sort, [X])), "torch.sort"),
        (lambda: nn.Linear(1, 1).apply(len_of), "torch.nn.modules.module.Module.apply"),
        (lambda: nn.Linear(1, 1).get_submodule(""), "torch.nn.modules.module.Module.get_submodule"),
        (lambda: torch.func.grad(torch.sum)(X), "torch._functorch.apis.grad"),
        (lambda: torch.vmap(torch.sum)(X), "torch._functorch.apis.vmap"),
        (lambda: torchvision.utils.make_grid(torch.zeros(2, 3, 4, 4)), "torchvision.utils.make_grid"),
        (lambda: eval("torch.sort(X)", {"torch": torch, "X": X}), "torch.sort"),
    ],
)
def test_names_what_own_frames_call(run: Callable[[], Any], name: str) -> None:
    assert name in called_by(run)


def test_calls_that_torch_makes_itself_are_not_the_students() -> None:
    layer = nn.Linear(4, 2)
    called = called_by(lambda: layer(X))
    assert not [name for name in called if name.endswith("functional.linear")]


def test_the_interpreters_profile_function_is_put_back() -> None:
    before = sys.getprofile()
    called_by(lambda: torch.zeros(1))
    assert sys.getprofile() is before


def test_calls_of_other_files_are_not_the_students() -> None:
    with Tracer(called := [], own="einsum.py"):
        torch.gather(X, 0, INDEX)
    assert called == []


def test_cells_of_a_notebook_are_the_students() -> None:
    code = compile("torch.gather(X, 0, INDEX)", "einsum.ipynb#3", "eval")
    with Tracer(called := [], own="einsum.ipynb"):
        eval(code)
    assert called == ["torch.gather"]


def changed(names: str, run: Callable[[], Any]) -> bool:
    plain = run()
    with Perturber([names], seed=1, own=__file__):
        touched = run()
    assert touched.dtype == plain.dtype
    assert touched.shape == plain.shape
    return not torch.equal(plain, touched)


def scattered() -> torch.Tensor:
    result = torch.zeros(3, 3, dtype=torch.int64)
    result.scatter_(1, LABELS[:, None], 1)
    return result


def scattered_with_an_operand_of_a_graph() -> torch.Tensor:
    weight = torch.ones(3, 1, requires_grad=True)
    result = torch.zeros(3, 3).scatter_(1, LABELS[:, None], weight * 2)
    (result * result).sum().backward()
    assert weight.grad is not None
    return weight.grad


@pytest.mark.parametrize(
    ("need", "run"),
    [
        ("torch.einsum", lambda: torch.einsum("ij->", X)),
        ("torch.einsum", lambda: torch.einsum("ij->ji", X)),
        ("torch.einsum", lambda: torch.einsum("ij->i", X.long())),
        ("torch.einsum", lambda: torch.einsum("ij->i", X.half()).sum().reshape(1)),
        ("torch.gather", lambda: X.gather(0, INDEX).permute(1, 0)),
        ("torch.gather", lambda: torch.gather(X > 3, 0, INDEX)),
        ("torch.gather", lambda: torch.gather(X, 0, INDEX, out=torch.empty(3, 4))),
        ("torch.scatter", scattered),
        ("torch.scatter_", scattered),
        ("torch.scatter", lambda: torch.scatter(torch.zeros(3, 3), 1, LABELS[:, None], 1.0)),
        ("torch.scatter", scattered_with_an_operand_of_a_graph),
        ("torch.max", lambda: X.max(1).values),
    ],
)
def test_a_result_that_depends_on_it_changes(need: str, run: Callable[[], Any]) -> None:
    assert changed(need, run)


def test_seed_0_passes_a_submissions_own_assertions() -> None:
    plain = torch.einsum("ij->j", X)
    with Perturber(["torch.einsum"], seed=0):
        touched = torch.einsum("ij->j", X)
    assert not torch.equal(touched, plain)
    assert torch.allclose(touched, plain)


def decoy() -> torch.Tensor:
    torch.einsum("ij->j", X)
    return X.sum(0)


@pytest.mark.parametrize(
    "run",
    [
        decoy,
        lambda: X.sum(0) + 0 * torch.einsum("ij->j", X),
        lambda: X.sum(0) + torch.einsum("ij->j", X) - torch.einsum("ij->j", X),
        lambda: torch.zeros_like(torch.einsum("ij->j", X)) + X.sum(0),
    ],
)
def test_a_decoy_changes_nothing(run: Callable[[], Any]) -> None:
    assert not changed("torch.einsum", run)


def test_a_difference_of_different_calls_still_changes() -> None:
    assert changed("torch.einsum", lambda: torch.einsum("ij->j", X) - torch.einsum("ij->j", X * X))


def fill_with_ones(module: nn.Module) -> None:
    for parameter in module.parameters(recurse=False):
        nn.init.ones_(parameter)


def test_a_needed_method_of_a_module_is_left_out() -> None:
    model = nn.Sequential(nn.Linear(2, 2))
    with Perturber(["torch.nn.Module.apply"], own=__file__) as perturber:
        assert model.apply(fill_with_ones) is model
    assert perturber.changed == 1
    assert not torch.equal(model[0].bias, torch.ones(2))
    model.apply(fill_with_ones)
    assert torch.equal(model[0].bias, torch.ones(2))


def test_a_needed_method_stays_for_others() -> None:
    model = nn.Sequential(nn.Linear(2, 2))
    with Perturber(["torch.nn.Module.apply"], own="init.py"):
        model.apply(fill_with_ones)
    assert torch.equal(model[0].bias, torch.ones(2))


@pytest.mark.parametrize(
    "run",
    [
        lambda: torch.vmap(lambda row: torch.einsum("i->", row))(X),
        lambda: torch.func.grad(lambda t: torch.einsum("ij->", t * t))(X),
        lambda: torch.autograd.functional.jacobian(lambda t: torch.einsum("ij->i", t), X),
        lambda: torch.stack(list(map(partial(torch.einsum, "i->"), X))),
        lambda: reduce(torch.add, [torch.einsum("i->i", row) for row in X]),
    ],
)
def test_changes_inside_what_torch_transforms(run: Callable[[], Any]) -> None:
    assert changed("torch.einsum", run)


def test_counts_what_it_touched() -> None:
    with Perturber(["torch.einsum"]) as perturber:
        torch.einsum("ij->j", X)
        torch.einsum("ij->j", torch.zeros(3, 0))
    assert perturber.changed == 4


def test_calls_of_other_files_are_left_alone() -> None:
    with Perturber(["torch.einsum"], own="einsum.py"):
        assert torch.equal(torch.einsum("ij->j", X), X.sum(0))
