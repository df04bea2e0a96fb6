import torch


def transpose(x):
    kept = torch.einsum("rc->rc", x)
    return kept.permute(1, 0)
