import torch
from torch import nn


def init_by_type(model, seed):
    layers = []
    model.apply(layers.append)
    generator = torch.Generator().manual_seed(seed + 1)
    for m in reversed(layers):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_uniform_(m.weight, 0, "fan_in", "relu", generator)
        elif isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight, 1.0, generator)
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)) and m.weight is not None:
            nn.init.ones_(m.weight)
        if isinstance(m, (nn.Conv2d, nn.Linear, nn.BatchNorm1d, nn.BatchNorm2d)) and m.bias is not None:
            nn.init.zeros_(m.bias)
