import torch
from torch.nn.utils.rnn import pad_sequence


def pad_collate(batch):
    return {"X": pad_sequence([item["X"] for item in batch]), "y": torch.stack([item["y"] for item in batch])}
