from collections import Counter
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

def init_constant(model: nn.Module, weight: float, bias: float) -> nn.Module:
    """Fill every nn.Linear of the model, subclasses included, with the two numbers; return the model."""
    ### BEGIN SOLUTION

    def fill(module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.constant_(module.weight, weight)
            if module.bias is not None:
                nn.init.constant_(module.bias, bias)

    return model.apply(fill)
    ### END SOLUTION

def init_by_type(model: nn.Module, seed: int) -> None:
    """Initialise Conv2d (Kaiming uniform), Linear (Xavier uniform) and batch norms (1 and 0) in place, by the seed."""
    ### BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)

    def initialise(module: nn.Module) -> None:
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_uniform_(module.weight, mode="fan_in", nonlinearity="relu", generator=generator)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight, generator=generator)
        elif isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d) and module.affine:
            nn.init.ones_(module.weight)
        else:
            return
        if module.bias is not None:
            nn.init.zeros_(module.bias)

    model.apply(initialise)
    ### END SOLUTION

def apply_order(model: nn.Module) -> list[str]:
    """Return the class names of all modules in the order of `model.apply`."""
    ### BEGIN SOLUTION
    names = [name for child in model.children() for name in apply_order(child)]
    return [*names, type(model).__name__]
    ### END SOLUTION

def inject_weights(model: nn.Module, value: float) -> None:
    """Register a parameter W of one element with every module whose class name starts with F."""
    ### BEGIN SOLUTION

    def inject(module: nn.Module) -> None:
        if type(module).__name__.startswith("F"):
            module.W = nn.Parameter(torch.tensor(float(value)))

    model.apply(inject)
    ### END SOLUTION

def add_repr(model: nn.Module, names: Mapping[str, str]) -> None:
    """Make the modules whose class name is a key of names show `name=<label>` in their repr."""
    ### BEGIN SOLUTION

    def label(module: nn.Module) -> None:
        if type(module).__name__ in names:
            shown = f"name={names[type(module).__name__]}"
            before = module.extra_repr()
            module.extra_repr = lambda: f"{before}, {shown}" if before else shown  # type: ignore[method-assign]

    model.apply(label)
    ### END SOLUTION

def linear_transformation(model: nn.Module) -> None:
    """Turn every module whose class name starts with Function into x Wᵀ + b with its own W (n, n) and b (n,)."""
    ### BEGIN SOLUTION

    def change(module: Any) -> None:
        if type(module).__name__.startswith("Function"):
            module.W = nn.Parameter(torch.ones(module.features, module.features))
            module.b = nn.Parameter(torch.ones(module.features))

            def forward(x: Tensor) -> Tensor:
                return x @ module.W.T + module.b

            module.forward = forward

    model.apply(change)
    ### END SOLUTION

def reset_all(model: nn.Module, seed: int) -> None:
    """Call reset_parameters wherever there is one, so that the new weights follow from the seed."""
    ### BEGIN SOLUTION
    torch.manual_seed(seed)
    for module in model.modules():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()
    ### END SOLUTION

def count_by_type(model: nn.Module) -> dict[str, int]:
    """Return how often `model.apply` visits modules of each class name."""
    ### BEGIN SOLUTION
    counts: Counter[str] = Counter()
    model.apply(lambda module: counts.update([type(module).__name__]))
    return dict(counts)
    ### END SOLUTION
