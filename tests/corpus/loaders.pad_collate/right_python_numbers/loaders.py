import torch


def pad_collate(batch):
    width = max(item["X"].numel() for item in batch)
    rows = [item["X"].tolist() + [0] * (width - item["X"].numel()) for item in batch]
    X = torch.tensor(rows, dtype=batch[0]["X"].dtype).reshape(len(rows), width)
    return {"y": torch.tensor([item["y"].item() for item in batch], dtype=batch[0]["y"].dtype), "X": X}
