import torch


def attention_scores(q, k):
    return torch.einsum("bhqd,bhkd->bhqk", q, k).squeeze(0)
