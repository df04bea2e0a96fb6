import torch


def hadamard(a, b):
    flat = torch.einsum("n,n->n", a.reshape(-1), b.reshape(-1))
    return flat.reshape(a.shape)
