import torch
import torch.nn.functional as F


def pad_collate_with_lengths(batch, value=0):
    lengths = torch.tensor([item.shape[0] for item in batch])
    longest = int(lengths.max())
    padded = torch.stack([F.pad(item, (0, 0, 0, longest - item.shape[0]), value=value) for item in batch])
    return padded, lengths, torch.arange(longest) < lengths.unsqueeze(1)
