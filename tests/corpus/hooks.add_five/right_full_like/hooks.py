import torch


def add_five(module, args, output):
    fives = torch.full_like(output, 5)
    result = fives + output
    return result
