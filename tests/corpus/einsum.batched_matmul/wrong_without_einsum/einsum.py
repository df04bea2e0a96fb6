import torch


def batched_matmul(a, b):
    return (a[:, :, :, None] * b[:, None]).sum(2)
