import torch.functional as TF


def batched_matmul(a, b):
    return TF.einsum("bik,bkj->bij", a, b)
