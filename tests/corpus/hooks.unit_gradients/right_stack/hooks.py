import torch


def unit_gradients(module, grad_input, grad_output):
    present = [g for g in grad_input if g is not None]
    if not present:
        return grad_input
    scale = 1 / torch.stack(present).sum()
    result = []
    for g in grad_input:
        result.append(g * scale if g is not None else None)
    return tuple(result)
