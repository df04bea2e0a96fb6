"""Right answers to the assignment init in other styles than the reference's: all of them must pass."""

import math
from typing import Any

import torch
from torch import Tensor, nn

from grader.authoring import alternative


@alternative("init.init_constant")
def filled_without_a_graph(model: nn.Module, weight: float, bias: float) -> nn.Module:
    @torch.no_grad()
    def fill(module: nn.Module) -> None:
        if not isinstance(module, nn.Linear):
            return
        module.weight.fill_(weight)
        if module.bias is not None:
            module.bias.fill_(bias)

    model.apply(fill)
    return model


@alternative("init.init_constant")
def copied_into_data(model: nn.Module, weight: float, bias: float) -> nn.Module:
    def fill(module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            for name, parameter in module.named_parameters(recurse=False):
                parameter.data.copy_(torch.full_like(parameter.data, weight if name == "weight" else bias))

    return model.apply(fill)


@alternative("init.init_by_type")
def by_bounds_of_its_own(model: nn.Module, seed: int) -> None:
    generator = torch.Generator()
    generator.manual_seed(seed)

    @torch.no_grad()
    def start(module: nn.Module) -> None:
        if isinstance(module, nn.Conv2d):
            receptive = module.weight[0].numel()
            bound = math.sqrt(2.0) * math.sqrt(3.0 / receptive)
            module.weight.uniform_(-bound, bound, generator=generator)
        elif isinstance(module, nn.Linear):
            bound = math.sqrt(6.0 / (module.in_features + module.out_features))
            module.weight.uniform_(-bound, bound, generator=generator)
        elif isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            if module.weight is not None:
                module.weight.fill_(1.0)
        else:
            return
        if module.bias is not None:
            module.bias.zero_()

    model.apply(start)


@alternative("init.init_by_type")
def in_a_fork_of_the_generator(model: nn.Module, seed: int) -> None:
    def start(module: nn.Module) -> None:
        match module:
            case nn.Conv2d():
                nn.init.kaiming_uniform_(module.weight, nonlinearity="relu")
            case nn.Linear():
                nn.init.xavier_uniform_(module.weight)
            case nn.BatchNorm1d() | nn.BatchNorm2d() if module.affine:
                nn.init.constant_(module.weight, 1.0)
            case _:
                return
        if module.bias is not None:
            nn.init.constant_(module.bias, 0.0)

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model.apply(start)


@alternative("init.linear_transformation")
def by_the_functional_form(model: nn.Module) -> None:
    def change(module: Any) -> None:
        if module.__class__.__name__.startswith("Function"):
            n = module.features
            module.register_parameter("W", nn.Parameter(torch.ones((n, n))))
            module.register_parameter("b", nn.Parameter(torch.ones(n)))
            module.forward = lambda x, held=module: nn.functional.linear(x, held.W, held.b)

    model.apply(change)


@alternative("init.linear_transformation")
def by_einsum(model: nn.Module) -> None:
    def change(module: Any) -> None:
        if type(module).__name__[:8] == "Function":
            module.W = nn.Parameter(torch.full((module.features, module.features), 1.0))
            module.b = nn.Parameter(torch.full((module.features,), 1.0))

            def forward(x: Tensor) -> Tensor:
                return torch.einsum("...i,oi->...o", x, module.W) + module.b

            module.forward = forward

    model.apply(change)
