import torch

EQUATION = "i,j->ij"
outer = lambda a, b: torch.einsum(EQUATION, a, b)
