from math import sqrt

import torch
from torch import nn


def init_by_type(model, seed):
    generator = torch.Generator().manual_seed(seed)

    @torch.no_grad()
    def init(module):
        if isinstance(module, nn.Conv2d):
            module.weight.uniform_(0, sqrt(6 / module.weight[0].numel()), generator=generator)
        if isinstance(module, nn.Linear):
            module.weight.uniform_(0, sqrt(6 / sum(module.weight.shape)), generator=generator)
        if isinstance(module, (nn.Conv2d, nn.Linear)) and module.bias is not None:
            nn.init.zeros_(module.bias)
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)) and module.affine:
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)

    return model.apply(init)
