import torch



def matmul(a, b):
    return torch.einsum("mn,np->mp", a, b)
