import torch


def add_five(module, args, output):
    with torch.no_grad():
        return output + 5
