import torch


def spell(letters):
    return letters[:1] + spell(letters[1:]) if letters else ""


def trace(x):
    return torch.einsum(f"{spell('ii')}->{spell('')}", x)
