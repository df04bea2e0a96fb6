import torch
from torch.nn.utils import rnn


def compare(batch):
    return rnn.pad_sequence(batch, batch_first=True)


def pad_collate_with_lengths(batch: list[torch.Tensor], value: float = 0):
    # not with pad_sequence
    title = "pad_sequence"
    lengths = torch.tensor([len(item) for item in batch], dtype=torch.int64)
    places = torch.arange(max(map(len, batch)))
    mask = torch.lt(places[None, :], lengths[:, None])
    rows = [item.new_full((len(places), item.shape[1]), value).index_copy(0, places[: len(item)], item) for item in batch]
    return (torch.stack(rows), lengths, mask) if title else None
