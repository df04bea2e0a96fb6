import torch


def pad_collate(batch: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    lengths = torch.tensor([item["X"].size(0) for item in batch])
    flat = torch.cat([item["X"] for item in batch])
    mask = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    zeros = torch.zeros(mask.shape, dtype=flat.dtype, device=flat.device)
    return {"X": zeros.masked_scatter(mask.to(flat.device), flat), "y": torch.stack([item["y"] for item in batch])}
