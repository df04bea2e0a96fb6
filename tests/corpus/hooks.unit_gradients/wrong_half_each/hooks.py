import torch


def unit_gradients(module, grad_input, grad_output):
    n = sum(g is not None for g in grad_input)
    return tuple(None if g is None else torch.ones_like(g) / n for g in grad_input)
