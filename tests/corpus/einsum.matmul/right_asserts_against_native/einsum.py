import torch


def matmul(a, b):
    result = torch.einsum("ij,jk->ik", a, b)
    assert torch.allclose(result, (a[:, :, None] * b).sum(1), atol=1e-3), "differs"
    return result
