import torch


def _reset(m):
    for c in m.children():
        _reset(c)
    if hasattr(type(m), "reset_parameters"):
        m.reset_parameters()


def reset_all(model, seed):
    torch.manual_seed(seed)
    _reset(model)
