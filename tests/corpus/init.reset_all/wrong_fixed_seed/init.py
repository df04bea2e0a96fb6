import torch


def reset_all(model, seed):
    torch.manual_seed(42)
    for m in model.modules():
        if hasattr(m, "reset_parameters"):
            m.reset_parameters()
