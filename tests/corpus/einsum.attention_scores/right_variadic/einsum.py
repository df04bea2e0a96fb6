import torch


def attention_scores(*operands):
    return torch.einsum("bhqd,bhkd->bhqk", *operands)
