"""What is done with a module: passes forward and backward, steps of training, and what is built on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from torch import nn


def forward_backward(module: nn.Module, *inputs: torch.Tensor) -> dict[str, Any]:
    """Apply a module and differentiate: return `output`, `inputs` (gradients) and `parameters` (gradients by name).

    Inputs that are floating become leaves. The output is weighted by 1, 2, 3, ... before it is summed, so that a
    permuted gradient shows. A gradient is None where there is no path, and `.grad` stays as it is. An output that
    does not require grad gives None everywhere.

    >>> import torch
    >>> layer = torch.nn.Linear(1, 1, bias=False, dtype=torch.float64)
    >>> found = forward_backward(layer, torch.tensor([[2.0], [3.0]], dtype=torch.float64))
    >>> found["parameters"], len(found["inputs"])
    ({'weight': tensor([[8.]], dtype=torch.float64)}, 1)
    """
    import torch

    leaves = [x.detach().requires_grad_(x.is_floating_point()) for x in inputs]
    output = module(*leaves)
    # After the call: a module may create its parameters in its first forward.
    parameters = {name: parameter for name, parameter in module.named_parameters() if parameter.requires_grad}
    wanted = [leaf for leaf in leaves if leaf.requires_grad] + list(parameters.values())
    found: list[Any] = [None] * len(wanted)
    if wanted and output.requires_grad:
        weights = torch.arange(1, output.numel() + 1, dtype=output.dtype, device=output.device).reshape(output.shape)
        found = list(torch.autograd.grad(output, wanted, weights, allow_unused=True))
    split = len(wanted) - len(parameters)
    return {
        "output": output,
        "inputs": found[:split],
        "parameters": dict(zip(parameters, found[split:], strict=True)),
    }


def train_step(module: nn.Module, x: torch.Tensor, rate: float = 0.125) -> None:
    """Make one step of plain SGD on the sum of the squares of `module(x)`.

    >>> import torch
    >>> layer = torch.nn.Linear(1, 1, bias=False)
    >>> _ = torch.nn.init.ones_(layer.weight)
    >>> train_step(layer, torch.tensor([[2.0]]))
    >>> layer.weight.item()
    0.0
    """
    import torch

    loss = (module(x) ** 2).sum()
    # After the call, as above.
    optimizer = torch.optim.SGD(module.parameters(), lr=rate)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()


def modules_built(call: Callable[[], Any]) -> tuple[Any, int]:
    """Return what a call returns, and how many modules were built in the meantime.

    >>> from torch import nn
    >>> result, count = modules_built(lambda: nn.Sequential(nn.ReLU(), nn.Tanh()))
    >>> type(result).__name__, count
    ('Sequential', 3)
    """
    from torch import nn

    plain = nn.Module.__init__
    built: list[Any] = []

    def counting(self: Any, *args: Any, **kwargs: Any) -> None:
        # Kept, not only their ids: the id of a module that is gone can come back.
        if not any(module is self for module in built):
            built.append(self)
        plain(self, *args, **kwargs)

    nn.Module.__init__ = counting  # put back below, whatever happens
    try:
        return call(), len(built)
    finally:
        nn.Module.__init__ = plain
