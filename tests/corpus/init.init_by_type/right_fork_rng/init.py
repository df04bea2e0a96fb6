import torch
from torch import nn


def init_by_type(model, seed):
    def visit(m):
        name = type(m).__name__
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_uniform_(m.weight, nonlinearity="relu")
        elif isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
        elif "BatchNorm" in name and m.affine:
            nn.init.constant_(m.weight, 1.0)
        else:
            return
        if m.bias is not None:
            nn.init.constant_(m.bias, 0.0)

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return model.apply(visit)
