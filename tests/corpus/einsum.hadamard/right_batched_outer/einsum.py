import torch


def hadamard(a, b):
    return torch.einsum("ij,i,ij->ij", a, a.new_ones(a.shape[0]), b)
