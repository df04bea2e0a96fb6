import torch


def attention_scores(q, k):
    return torch.einsum("bhqd,bhkd->bhqkd", q, k).sum(-1)
