import torch.functional as TF


def trace(x):
    return TF.einsum("ii->", x)
