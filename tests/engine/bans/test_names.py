"""Which torch names a ban covers."""

from __future__ import annotations

import builtins

import pytest
import torch

from grader.engine.bans.module import _TORCH_BUILTINS
from grader.records.tensor_methods import TENSOR_METHODS
from grader.records.torch_names import covers


@pytest.mark.parametrize(
    ("ban", "path"),
    [
        ("torch.gather", "torch.gather"),
        ("torch.gather", "torch.Tensor.gather"),
        ("torch.Tensor.gather", "torch.gather"),
        ("gather", "torch.gather"),
        ("torch.gather", "?.gather"),
        ("torch.gather", "torch.ops.aten.gather"),
        ("torch.scatter", "torch.Tensor.scatter_"),
        ("torch.scatter_", "torch.scatter"),
        ("torch.diagonal", "torch.diagonal_copy"),
        ("torch.softmax", "torch._softmax"),
        ("torch.softmax", "torch.nn.modules.activation.Softmax"),
        ("torch.nn.functional.linear", "torch._C._nn.linear"),
        ("torch.nn.functional.linear", "torch.nn.LazyLinear"),
        ("torch.nn.functional.adaptive_avg_pool2d", "torch.nn.AdaptiveAvgPool2d"),
        ("torch.nn.functional.cross_entropy", "torch.nn.CrossEntropyLoss"),
        ("torch.nn.functional.nll_loss", "torch.nn.NLLLoss"),
        ("torch.nn.functional.interpolate", "torch.nn.UpsamplingNearest2d"),
        ("nn.Linear", "torch.nn.modules.linear.Linear"),
        ("torch.*dropout*", "torch.nn.functional.alpha_dropout"),
        ("torch.*dropout*", "torch.nn.Dropout2d"),
        ("torch.*dropout*", "torch.native_dropout"),
        ("torch.autograd", "torch.autograd.grad"),
        ("torch.autograd", "torch.Tensor.backward"),
        ("torch.autograd", "?.grad"),
        ("torch.autograd.forward_ad", "torch.autograd.forward_ad.dual_level"),
        ("torch.func", "torch.vmap"),
        ("torch.func", "functorch.grad"),
        ("torch.func.jacrev", "torch._functorch.eager_transforms.jacrev"),
        ("torch.nn.Module.apply", "torch.nn.Linear.apply"),
        ("torch.nn.Module.apply", "?.apply"),
        ("torch.max", "torchvision.models.resnet.torch.max"),
        ("torch.index_copy", "torch.Tensor.index_copy_"),
        ("torch.Tensor.__add__", "torch.Tensor.__add__"),
        ("torchvision.utils.make_grid", "torchvision.utils.make_grid"),
    ],
)
def test_covered(ban: str, path: str) -> None:
    assert covers(ban, path)


@pytest.mark.parametrize(
    ("ban", "path"),
    [
        ("torch.max", "torch.maximum"),
        ("torch.max", "torch.finfo.max"),
        ("torch.max", "torch.return_types.max"),
        ("torch.max", "torch.argmax"),
        ("torch.sort", "torch.argsort"),
        ("torch.take", "torch.take_along_dim"),
        ("torch.diag", "torch.diag_embed"),
        ("torch.nn.Linear", "torch.nn.functional.linear"),
        ("torch.nn.Linear", "torch.nn.Bilinear"),
        ("torch.nn.functional.linear", "?.linear"),
        ("torch.nn.functional.linear", "torch.nn.Module.linear"),
        ("torch.nn.functional.dropout", "?.dropout"),
        ("torch.nn.functional.interpolate", "torch.nn.functional.grid_sample"),
        ("torch.autograd", "torch.no_grad"),
        ("torch.autograd", "torch.autograd.no_grad"),
        ("torch.autograd", "torch.autograd.grad_mode.no_grad"),
        ("torch.autograd", "torch.optim.SGD"),
        ("torch.func", "torch.functional.einsum"),
        ("torch.func.jvp", "torch.autograd.functional.jvp"),
        ("torch.func.jacrev", "torch.func.vjp"),
        ("torch.nn.Module.apply", "torch.autograd.Function.apply"),
        ("torch.nn.Module.apply", "torch.Tensor.apply_"),
        ("torch.nn.Module.apply", "torch.nn.Parameter.apply"),
        ("torchvision.utils.make_grid", "torch.meshgrid"),
        ("torch.index_copy", "torch.Tensor.__index__"),
        ("torch.add", "torch.Tensor.__add__"),
        ("torch.*add*", "torch.Tensor.__add__"),
        ("torch.Tensor.__add__", "torch.Tensor.add"),
    ],
)
def test_not_covered(ban: str, path: str) -> None:
    assert not covers(ban, path)


def test_knows_the_members_of_a_tensor() -> None:
    assert {name for name in dir(torch.Tensor) if not name.startswith("_")} <= TENSOR_METHODS


def test_knows_what_a_star_import_takes_from_python() -> None:
    assert {name for name in torch.__all__ if hasattr(builtins, name)} == _TORCH_BUILTINS
