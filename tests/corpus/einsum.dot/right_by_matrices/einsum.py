import torch


def dot(a, b):
    return torch.einsum("ij,jk->ik", a.reshape(1, len(a)), b.reshape(len(b), 1)).reshape(())
