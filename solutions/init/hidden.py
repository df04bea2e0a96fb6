"""Further probes of the assignment init, never shown to students: layers of torch that are put together otherwise."""

from typing import Any

import torch
from torch import nn

from grader.authoring import (
    floats,
    further,
    integers,
    just,
    seeds,
)


def _encoder(width: int) -> nn.Module:
    """Attention holds a Linear of a subclass; convolutions in one and three dimensions are no Conv2d."""
    model = nn.Sequential(
        nn.TransformerEncoderLayer(2 * width, 2, 3, batch_first=True),
        nn.ModuleDict({"conv1d": nn.Conv1d(2, 3, 2), "conv2d": nn.Conv2d(2, 3, 2), "table": nn.Embedding(3, 2)}),
        nn.Bilinear(2, 2, 1),
    )
    with torch.no_grad():
        for number, parameter in enumerate(model.parameters()):
            parameter.fill_(number / 4 - 1)
    return model


@further("init_constant", examples=4, rng="off")
def constant_in_an_encoder(
    submission: Any, width: Any = integers(1, 2), weight: Any = floats(), bias: Any = floats()
) -> Any:
    model = _encoder(width)
    submission.init_constant(model, weight, bias)
    return dict(model.state_dict())


@further("apply_order", examples=2, rng="off")
def order_in_an_encoder(submission: Any, width: Any = integers(1, 2)) -> Any:
    return submission.apply_order(_encoder(width))


@further("count_by_type", examples=2, rng="off")
def count_in_an_encoder(submission: Any, width: Any = integers(1, 2)) -> Any:
    return submission.count_by_type(_encoder(width))


@further("init_by_type", examples=3, requires_grad="off", rng="off")
def only_the_types_named(submission: Any, width: Any = just(1), seed: Any = seeds()) -> Any:
    model = _encoder(width)
    submission.init_by_type(model, seed)
    named = (nn.Linear, nn.Conv2d)
    return {
        name: dict(module.state_dict())
        for name, module in model.named_modules()
        if not isinstance(module, named) and not list(module.children())
    }
