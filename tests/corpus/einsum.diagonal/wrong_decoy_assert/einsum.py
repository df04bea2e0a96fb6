import torch


def diagonal(x):
    answer = torch.diagonal(x)
    assert torch.einsum("ii->i", x).shape == answer.shape
    return answer
