import torch


def pad_collate(batch):
    longest = max(len(item["X"]) for item in batch)
    X = torch.zeros(len(batch), longest)
    for row, item in zip(X, batch):
        row[: len(item["X"])] = item["X"]
    return {"X": X, "y": torch.stack([item["y"] for item in batch])}
