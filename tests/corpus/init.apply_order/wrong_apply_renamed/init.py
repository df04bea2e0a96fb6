from torch import nn

walk = nn.Module.apply


def apply_order(model):
    names = []
    walk(model, lambda module: names.append(type(module).__name__))
    return names
