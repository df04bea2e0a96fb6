import torch

EQUATION = "ik,jk->ij"
gram = lambda x: torch.einsum(EQUATION, x, x)
