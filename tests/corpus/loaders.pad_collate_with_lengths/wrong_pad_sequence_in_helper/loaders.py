import torch
from torch.nn import utils


class Padder:
    def __init__(self, value):
        self.value = value

    def pad(self, items):
        return utils.rnn.pad_sequence(items, True, self.value)


def pad_collate_with_lengths(batch, value=0):
    padded = Padder(value).pad(list(batch))
    lengths = torch.tensor([len(item) for item in batch])
    return padded, lengths, torch.arange(padded.shape[1]) < lengths[:, None]
