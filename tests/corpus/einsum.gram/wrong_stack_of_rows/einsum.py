import torch


def gram(x):
    return torch.stack([torch.einsum("jc,c->j", x, row) for row in x])
