import torch
import torch.nn.functional as F


def pad_collate_with_lengths(batch, value=0):
    assert all(len(item) > 0 for item in batch)
    longest = max(len(item) for item in batch)
    padded = torch.stack([F.pad(item, (0, 0, 0, longest - len(item)), value=value) for item in batch])
    lengths = torch.tensor([len(item) for item in batch])
    mask = torch.arange(longest) < lengths[:, None]
    return padded, lengths, mask
