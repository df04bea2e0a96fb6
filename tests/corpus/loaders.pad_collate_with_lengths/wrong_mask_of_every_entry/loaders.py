import torch
import torch.nn.functional as F


def pad_collate_with_lengths(batch, value=0):
    longest = max(len(item) for item in batch)
    padded = torch.stack([F.pad(item, (0, 0, 0, longest - len(item)), value=value) for item in batch])
    lengths = torch.tensor([len(item) for item in batch])
    mask = (torch.arange(longest) < lengths[:, None])[..., None].expand_as(padded)
    return padded, lengths, mask
