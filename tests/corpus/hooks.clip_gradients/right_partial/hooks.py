from functools import partial

import torch


def clip_gradients(model, limit):
    clamp = partial(torch.clamp, min=-limit, max=limit)
    handles = []
    for _, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        handles.append(parameter.register_hook(clamp))
    return handles
