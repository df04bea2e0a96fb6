import torch
from torch import nn


def init_by_type(model, seed):
    g = torch.Generator().manual_seed(seed)

    def f(m):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_uniform_(m.weight, nonlinearity="relu", generator=g)
        elif isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight, gain=nn.init.calculate_gain("relu"), generator=g)
        elif isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            if m.weight is not None:
                nn.init.ones_(m.weight)
        else:
            return
        if m.bias is not None:
            nn.init.zeros_(m.bias)

    model.apply(f)
