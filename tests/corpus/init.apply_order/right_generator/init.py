from torch import nn


def _walk(module: nn.Module):
    for _, child in module.named_children():
        yield from _walk(child)
    yield module


def apply_order(model):
    return [type(m).__name__ for m in _walk(model)]
