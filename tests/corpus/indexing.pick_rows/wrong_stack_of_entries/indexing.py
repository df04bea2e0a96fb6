import torch


def pick_rows(x, index):
    return torch.stack([rows[chosen] for rows, chosen in zip(x, index)])
