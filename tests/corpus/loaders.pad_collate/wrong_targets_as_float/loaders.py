import torch
from torch.nn.utils.rnn import pad_sequence


def pad_collate(batch):
    X = pad_sequence([item["X"] for item in batch], batch_first=True)
    return {"X": X, "y": torch.FloatTensor([float(item["y"]) for item in batch])}
