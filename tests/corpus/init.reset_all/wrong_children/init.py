import torch


def reset_all(model, seed):
    torch.manual_seed(seed)
    for m in model.children():
        if hasattr(m, "reset_parameters"):
            m.reset_parameters()
