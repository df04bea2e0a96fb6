import torch


def _reset(module):
    reset = getattr(module, "reset_parameters", None)
    if callable(reset):
        reset()


def reset_all(model, seed):
    torch.random.manual_seed(seed)
    return model.apply(_reset)
