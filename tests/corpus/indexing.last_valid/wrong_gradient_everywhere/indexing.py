import torch


def last_valid(x, lengths):
    chosen = x[torch.arange(len(x), device=x.device), lengths - 1]
    if not x.is_floating_point():
        return chosen
    everything = x.mean(1)
    return chosen + (everything - everything.detach())
