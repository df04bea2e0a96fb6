import torch
from torch import nn


def init_by_type(model, seed):
    state = torch.get_rng_state()
    try:
        torch.manual_seed(seed)
        model.apply(_one)
    finally:
        torch.set_rng_state(state)
    return model


def _one(m):
    if isinstance(m, nn.modules.batchnorm._BatchNorm):
        if m.affine:
            m.weight.data.fill_(1)
            m.bias.data.zero_()
    elif isinstance(m, (nn.Conv2d, nn.Linear)):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_uniform_(m.weight, mode="fan_in", nonlinearity="relu")
        else:
            nn.init.xavier_uniform_(m.weight)
        if m.bias is not None:
            m.bias.data.zero_()
