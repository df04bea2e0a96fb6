import torch


TABLE = {"column_sums": lambda *tensors: torch.einsum("ij->j", *tensors)}


def column_sums(x):
    return TABLE["column_sums"](x)
