import torch


def matmul(a, b):
    answer = (a[:, :, None] * b).sum(1)
    assert torch.allclose(answer, torch.einsum("ij,jk->ik", a, b), atol=1e-3), "differs"
    return answer
