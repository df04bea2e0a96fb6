import torch


def last_valid(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    batch, steps, width = x.shape
    offsets = torch.arange(batch, device=x.device) * steps
    return x.reshape(batch * steps, width).index_select(0, offsets + lengths - 1)
