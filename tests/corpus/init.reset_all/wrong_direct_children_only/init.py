import torch


def reset_all(model, seed):
    torch.manual_seed(seed)
    for module in model.children():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()
    return model
