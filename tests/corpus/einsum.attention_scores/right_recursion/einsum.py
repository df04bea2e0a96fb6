import torch


def spell(letters):
    return letters[:1] + spell(letters[1:]) if letters else ""


def attention_scores(q, k):
    return torch.einsum(f"{spell('bhqd,bhkd')}->{spell('bhqk')}", q, k)
