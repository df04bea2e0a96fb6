from math import sqrt

import torch
from torch import nn


class Initializer:
    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def uniform(self, tensor, bound):
        tensor.uniform_(-bound, bound, generator=self.generator)

    @torch.no_grad()
    def __call__(self, module):
        if isinstance(module, nn.Conv2d):
            fan_in = module.weight[0].numel()
            self.uniform(module.weight, sqrt(6 / fan_in))
        elif isinstance(module, nn.Linear):
            fan_out, fan_in = module.weight.shape
            self.uniform(module.weight, sqrt(6 / (fan_in + fan_out)))
        elif isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)):
            if module.weight is not None:
                module.weight.fill_(1.0)
        else:
            return
        if module.bias is not None:
            module.bias.fill_(0.0)


def init_by_type(model, seed):
    return model.apply(Initializer(seed))
