import torch


def clip_gradients(model, limit):
    def clip(grad):
        return torch.clip(grad, min=-limit, max=limit)

    handles = []
    for _, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        handles.append(parameter.register_hook(clip))
    return handles
