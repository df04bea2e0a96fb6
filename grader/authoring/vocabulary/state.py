"""What a module holds: registered tensors with kind and persistence, snapshots, new values, save and load."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from grader.records.errors import AuthorError

if TYPE_CHECKING:
    import torch
    from torch import nn


def registered(module: nn.Module) -> dict[str, dict[str, Any]]:
    """Return what a module and those below it have registered: dotted name to `kind`, `saved` and `value`.

    `kind` is "parameter" or "buffer", `saved` tells whether the state_dict holds it, `value` is a clone that keeps
    requires_grad. What is None is left out; a parameter that two modules share comes under its first name.

    >>> import torch
    >>> module = torch.nn.Linear(2, 1, bias=False)
    >>> module.register_buffer("table", torch.ones(1), persistent=False)
    >>> {name: (entry["kind"], entry["saved"]) for name, entry in registered(module).items()}
    {'weight': ('parameter', True), 'table': ('buffer', False)}
    """
    saved = module.state_dict().keys()
    kinds = {"parameter": module.named_parameters(), "buffer": module.named_buffers()}
    return {
        name: {"kind": kind, "saved": name in saved, "value": tensor.clone()}
        for kind, tensors in kinds.items()
        for name, tensor in tensors
    }


def snapshot(module: nn.Module) -> dict[str, torch.Tensor]:
    """Return clones of the tensors of a module's state_dict, which later changes do not reach.

    >>> import torch
    >>> module = torch.nn.PReLU()
    >>> before = snapshot(module)
    >>> fill(module, weight=torch.tensor([2.0]))
    >>> before["weight"], snapshot(module)["weight"]
    (tensor([0.2500]), tensor([2.]))
    """
    return {name: tensor.clone() for name, tensor in module.state_dict().items()}


def fill(module: nn.Module, **values: torch.Tensor | float) -> None:
    """Write values into a module's own tensors, in place and unseen by autograd.

    A value has as many elements as the tensor, in its order, or is one number for all of them. Raises
    `AttributeError` for a name that the module does not have: the submission's fault, so it is left to pass.
    """
    import torch

    with torch.no_grad():
        for name, value in values.items():
            held = getattr(module, name)
            held.copy_(value.reshape(held.shape) if isinstance(value, torch.Tensor) and value.ndim else value)


def save_and_load(source: nn.Module, target: nn.Module) -> nn.Module:
    """Save one module's state_dict into a buffer of bytes, load it into another module, and return that.

    Loading is strict and reads weights only. Raises what torch raises when the two do not fit.

    >>> import torch
    >>> trained, fresh = torch.nn.PReLU(init=0.5), torch.nn.PReLU()
    >>> save_and_load(trained, fresh).weight.item()
    0.5
    """
    import torch

    if source is target:
        raise AuthorError("save_and_load: source and target are one module", hint="Build a fresh one to load into.")
    file = io.BytesIO()
    torch.save(source.state_dict(), file)
    file.seek(0)
    target.load_state_dict(torch.load(file, weights_only=True))
    return target
