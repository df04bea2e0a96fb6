import torch
import torch.nn.functional as F


def pad_collate(batch):
    longest = max(len(item["X"]) for item in batch)
    for item in batch:
        item["X"] = F.pad(item["X"], (0, longest - len(item["X"])))
    return {"X": torch.stack([item["X"] for item in batch]), "y": torch.stack([item["y"] for item in batch])}
