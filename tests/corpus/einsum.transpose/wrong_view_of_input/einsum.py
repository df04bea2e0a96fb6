import torch


def transpose(x):
    rows, columns = x.shape
    return torch.einsum("ij->ji", x.view(-1).view(rows, columns))
