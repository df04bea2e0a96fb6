import torch


def masks_from_ids(ids: torch.Tensor) -> torch.Tensor:
    ordered = ids.reshape(-1).sort().values
    ordered = ordered[ordered > 0]
    changes = torch.ones_like(ordered, dtype=torch.bool)
    changes[1:] = ordered[1:] != ordered[:-1]
    return torch.eq(ids.unsqueeze(0), ordered[changes].reshape(-1, 1, 1))
