import torch
import torch.nn.functional as F


def pad_collate(batch):
    longest = max(len(item["X"]) for item in batch)
    X = [F.pad(item["X"], (longest - len(item["X"]), 0)) for item in batch]
    return {"X": torch.stack(X), "y": torch.stack([item["y"] for item in batch])}
