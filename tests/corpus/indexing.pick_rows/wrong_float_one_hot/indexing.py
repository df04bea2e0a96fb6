import torch


def pick_rows(x, index):
    chosen = index[..., None] == torch.arange(x.size(1), device=x.device)
    return chosen.float() @ x
