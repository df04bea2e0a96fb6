import torch


def pick_rows(x, index):
    return x[torch.arange(len(x), device=x.device)[:, None], index.sort(dim=1).values]
