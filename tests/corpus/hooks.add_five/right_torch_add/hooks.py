import torch


def add_five(module, inputs, out):
    return torch.add(out, 5)
