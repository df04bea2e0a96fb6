from __future__ import annotations

import pytest
import torch
from torch import nn

from grader.authoring.vocabulary.lifecycle import forward_backward, modules_built, train_step


class Late(nn.Module):
    """Makes its parameter in its first forward."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not hasattr(self, "w"):
            self.w = nn.Parameter(torch.ones(x.shape[-1]))
        return x * self.w


def test_gradients_of_inputs_and_parameters_are_weighted_by_place() -> None:
    layer = nn.Linear(2, 1, bias=False)
    nn.init.constant_(layer.weight, 3)
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    found = forward_backward(layer, x)
    assert found["inputs"][0].tolist() == [[3, 3], [6, 6]]
    assert found["parameters"]["weight"].tolist() == [[7, 10]]
    assert layer.weight.grad is None
    assert not x.requires_grad


def test_a_permuted_output_gives_another_gradient() -> None:
    class Flipped(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x.flip(0)

    x = torch.ones(3)
    assert forward_backward(Flipped(), x)["inputs"][0].tolist() == [3, 2, 1]
    assert forward_backward(nn.Identity(), x)["inputs"][0].tolist() == [1, 2, 3]


def test_parameters_made_in_the_first_forward_have_gradients() -> None:
    assert forward_backward(Late(), torch.ones(2))["parameters"]["w"].tolist() == [1, 2]


def test_without_a_path_gradients_are_none() -> None:
    class Cut(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.w, self.idle = nn.Parameter(torch.ones(1)), nn.Parameter(torch.ones(1))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x.detach() * self.w.detach() if self.training else x * self.w

    module = Cut()
    assert forward_backward(module, torch.ones(1))["parameters"] == {"w": None, "idle": None}
    found = forward_backward(module.eval(), torch.ones(1, dtype=torch.float32))
    assert found["parameters"]["idle"] is None
    assert found["parameters"]["w"].tolist() == [1]


def test_integer_and_frozen_tensors_are_left_out() -> None:
    layer = nn.Linear(1, 1).requires_grad_(False)
    assert forward_backward(layer, torch.ones(1))["parameters"] == {}
    assert forward_backward(nn.Identity(), torch.ones(1, dtype=torch.int64))["inputs"] == []


def test_a_step_of_training_moves_parameters_and_leaves_no_gradient() -> None:
    module = Late()
    train_step(module, torch.tensor([1.0, 0.0]))
    assert module.w.tolist() == [0.75, 1.0]
    assert module.w.grad is None


def test_modules_built_counts_each_once_and_only_during_the_call() -> None:
    plain = nn.Module.__init__
    assert modules_built(lambda: nn.Linear(1, 1))[1] == 1
    assert modules_built(lambda: [nn.ReLU() for _ in range(3)])[1] == 3
    assert modules_built(lambda: Late()(torch.ones(1)))[1] == 1
    assert modules_built(lambda: torch.ones(1).relu())[1] == 0
    assert nn.Module.__init__ is plain


def test_modules_built_puts_back_what_it_replaced_when_the_call_raises() -> None:
    plain = nn.Module.__init__
    with pytest.raises(ZeroDivisionError):
        modules_built(lambda: 1 / 0)
    assert nn.Module.__init__ is plain
