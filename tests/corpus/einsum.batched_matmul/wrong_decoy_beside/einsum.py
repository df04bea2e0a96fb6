import torch


def batched_matmul(a, b):
    torch.einsum("bik,bkj->bij", a, b)
    return (a[:, :, :, None] * b[:, None]).sum(2)
