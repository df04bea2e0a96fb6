import torch


def transpose(x):
    return torch.einsum("ij->ij", x.t_())
