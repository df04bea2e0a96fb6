import torch


def attention_scores(q, k):
    result = torch.einsum("bhqd,bhkd->bhqk", q, k)
    with torch.no_grad():
        k.mul_(2)
    return result
