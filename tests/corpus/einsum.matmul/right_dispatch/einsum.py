import torch


TABLE = {"matmul": lambda *tensors: torch.einsum("ij,jk->ik", *tensors)}


def matmul(a, b):
    return TABLE["matmul"](a, b)
