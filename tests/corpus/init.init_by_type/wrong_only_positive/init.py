import math

import torch
from torch import nn


def init_by_type(model, seed):
    g = torch.Generator().manual_seed(seed)

    def f(m):
        if isinstance(m, nn.Conv2d):
            m.weight.data.uniform_(0, math.sqrt(6 / m.weight[0].numel()), generator=g)
        elif isinstance(m, nn.Linear):
            m.weight.data.uniform_(0, math.sqrt(6 / sum(m.weight.shape)), generator=g)
        elif isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            if m.weight is not None:
                nn.init.ones_(m.weight)
        else:
            return
        if m.bias is not None:
            nn.init.zeros_(m.bias)

    model.apply(f)
