import torch


def add_five(module, args, output):
    return output + torch.tensor([5], dtype=output.dtype)
