import torch
from torch import nn


def init_by_type(model, seed):
    torch.manual_seed(seed)

    def f(m):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_uniform_(m.weight, nonlinearity="relu")
        elif isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
        elif isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            if m.weight is not None:
                nn.init.ones_(m.weight)
        else:
            return
        if m.bias is not None:
            nn.init.zeros_(m.bias)

    model.apply(f)
