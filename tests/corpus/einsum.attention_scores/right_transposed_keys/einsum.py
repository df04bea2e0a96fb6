import torch


def attention_scores(q, k):
    return torch.einsum("bhqd,bhdk->bhqk", q, k.transpose(-2, -1))
