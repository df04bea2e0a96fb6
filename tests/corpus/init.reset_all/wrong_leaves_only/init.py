import torch


def reset_all(model, seed):
    torch.manual_seed(seed)
    for m in model.modules():
        if not list(m.children()) and hasattr(m, "reset_parameters"):
            m.reset_parameters()
