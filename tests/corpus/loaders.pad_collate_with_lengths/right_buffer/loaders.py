import torch


def pad_collate_with_lengths(batch, value=0):
    lengths = torch.tensor([len(item) for item in batch], dtype=torch.int64)
    steps = max(len(item) for item in batch)
    padded = batch[0].new_full((len(batch), steps, batch[0].shape[1]), value)
    mask = torch.zeros(len(batch), steps, dtype=torch.bool)
    for i, item in enumerate(batch):
        padded[i, : len(item)] = item
        mask[i, : len(item)] = True
    return padded, lengths, mask
