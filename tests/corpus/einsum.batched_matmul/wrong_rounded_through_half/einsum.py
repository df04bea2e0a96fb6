import torch


def batched_matmul(a, b):
    result = torch.einsum("bik,bkj->bij", a.half(), b.half())
    return result.to(a.dtype)
