import torch


def reset_all(model, seed):
    torch.manual_seed(seed)
    for module in model.modules():
        module.reset_parameters()
    return model
