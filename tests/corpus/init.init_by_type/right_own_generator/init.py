import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


def init_by_type(model, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)

    def init(m):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_uniform_(m.weight, nonlinearity="relu", generator=generator)
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight, generator=generator)
        if isinstance(m, (nn.Conv2d, nn.Linear)) and m.bias is not None:
            m.bias.data.zero_()
        if isinstance(m, _BatchNorm) and m.weight is not None:
            m.weight.data.fill_(1)
            m.bias.data.zero_()

    model.apply(init)
    return model
