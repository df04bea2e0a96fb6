import torch
from torch.nn.utils.rnn import pad_sequence


def pad_collate_with_lengths(batch, value=0):
    padded = pad_sequence(batch, batch_first=True, padding_value=value)
    lengths = torch.tensor([len(item) for item in batch])
    return padded, lengths, torch.arange(padded.shape[1]) < lengths[:, None]
