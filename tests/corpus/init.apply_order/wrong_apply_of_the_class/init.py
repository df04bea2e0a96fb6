from torch import nn


def apply_order(model):
    names = []
    nn.Module.apply(model, lambda m: names.append(type(m).__name__))
    return names
