import torch


def pad_collate(batch):
    longest = max(len(item["X"]) for item in batch)
    X = [torch.cat([item["X"], item["X"][-1].repeat(longest - len(item["X"]))]) for item in batch]
    return {"X": torch.stack(X), "y": torch.stack([item["y"] for item in batch])}
