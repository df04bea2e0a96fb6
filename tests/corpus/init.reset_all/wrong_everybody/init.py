import torch


def reset_all(model, seed):
    torch.manual_seed(seed)
    for m in model.modules():
        m.reset_parameters()
