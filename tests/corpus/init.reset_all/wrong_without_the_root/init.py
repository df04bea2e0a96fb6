import torch


def reset_all(model, seed):
    torch.manual_seed(seed)
    for name, module in model.named_modules():
        if name and hasattr(module, "reset_parameters"):
            module.reset_parameters()
    return model
