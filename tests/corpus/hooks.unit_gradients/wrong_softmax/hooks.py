import torch


def unit_gradients(module, grad_input, grad_output):
    total = sum(torch.exp(g) for g in grad_input if g is not None)
    return tuple(None if g is None else torch.exp(g) / total for g in grad_input)
