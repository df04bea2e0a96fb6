import torch


def reset_all(model, seed):
    torch.manual_seed(seed)
    for m in reversed(list(model.modules())):
        if "reset_parameters" in dir(m):
            m.reset_parameters()
