import torch


def batched_matmul(a, b):
    # torch.bmm(a, b) would do as well
    bmm = "bik,bkj->bij"
    return torch.einsum(bmm, a, b)
