import torch


def matmul(a, b):
    answer = (a[:, :, None] * b).sum(1)
    assert torch.einsum("ij,jk->ik", a, b).shape == answer.shape
    return answer
