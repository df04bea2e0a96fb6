import torch
import torch.nn.functional as F


def pad_collate(batch):
    xs = [item["X"] for item in batch]
    length = max(x.numel() for x in xs)
    padded = [F.pad(x, (0, length - x.numel())) for x in xs]
    return dict(X=torch.stack(padded), y=torch.cat([item["y"].reshape(1) for item in batch]))
