import torch


def attention_scores(q, k):
    return torch.einsum("bhqd,bhkd->bhqk", q, k) / max(q.shape[-1], 1) ** 0.5
