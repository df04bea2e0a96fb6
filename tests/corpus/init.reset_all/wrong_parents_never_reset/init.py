import torch


def reset_all(model, seed):
    torch.manual_seed(seed)
    for module in model.modules():
        if not list(module.children()) and hasattr(module, "reset_parameters"):
            module.reset_parameters()
    return model
