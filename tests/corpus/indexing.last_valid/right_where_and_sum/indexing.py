import torch


def last_valid(x, lengths):
    chosen = torch.arange(x.shape[1], device=x.device) == lengths.unsqueeze(1) - 1
    kept = torch.where(chosen.unsqueeze(2), x, x.new_zeros(()))
    return kept.sum(dim=1).to(x.dtype)
