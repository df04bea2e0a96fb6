import math

import torch
from torch import nn


def init_by_type(model, seed):
    g = torch.Generator().manual_seed(seed)

    @torch.no_grad()
    def visit(m):
        if isinstance(m, nn.Conv2d):
            fan_in = m.weight.shape[1] * m.kernel_size[0] * m.kernel_size[1]
            bound = math.sqrt(2.0) * math.sqrt(3.0 / fan_in)
        elif isinstance(m, nn.Linear):
            bound = math.sqrt(6.0 / (m.in_features + m.out_features))
        elif isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            if m.affine:
                m.weight.fill_(1.0)
                m.bias.fill_(0.0)
            return
        else:
            return
        m.weight.copy_((torch.rand(m.weight.shape, generator=g) * 2 - 1) * bound)
        if m.bias is not None:
            m.bias.zero_()

    model.apply(visit)
