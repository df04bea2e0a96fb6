import torch


def attention_scores(q, k):
    return torch.einsum("bhqd,bgkd->bhqk", q, k)
