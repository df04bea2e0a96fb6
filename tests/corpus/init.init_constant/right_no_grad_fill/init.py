from functools import partial

import torch


@torch.no_grad()
def _fill(module, *, weight, bias):
    if not isinstance(module, torch.nn.Linear):
        return
    module.weight.fill_(weight)
    if module.bias is not None:
        module.bias.fill_(bias)


def init_constant(model, weight, bias):
    model.apply(partial(_fill, weight=weight, bias=bias))
    return model
