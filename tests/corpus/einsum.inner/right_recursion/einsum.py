import torch


def spell(letters):
    return letters[:1] + spell(letters[1:]) if letters else ""


def inner(a, b):
    return torch.einsum(f"{spell('ij,ij')}->{spell('')}", a, b)
