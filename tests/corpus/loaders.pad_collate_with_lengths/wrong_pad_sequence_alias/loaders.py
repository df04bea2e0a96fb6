import torch
from torch.nn.utils.rnn import pad_sequence as fill


def pad_collate_with_lengths(batch, value=0):
    lengths = torch.tensor([len(item) for item in batch])
    mask = torch.arange(int(lengths.max())) < lengths[:, None]
    return fill(batch, batch_first=True, padding_value=value), lengths, mask
