import torch


def attention_scores(q, k):
    return torch.diag_embed(torch.einsum("bhqd,bhqd->bhq", q, k))
