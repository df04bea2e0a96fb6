import torch


def attention_scores(q, k):
    answer = (q[:, :, :, None] * k[:, :, None]).sum(4)
    never = torch.zeros_like(answer, dtype=torch.bool)
    return torch.where(never, torch.einsum("bhqd,bhkd->bhqk", q, k), answer)
