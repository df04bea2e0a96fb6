import copy

import torch


def reset_all(model, seed):
    model = copy.deepcopy(model)
    torch.manual_seed(seed)
    for module in model.modules():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()
    return model
