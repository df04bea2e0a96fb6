import torch


def pad_collate_with_lengths(batch, value=0):
    lengths = torch.as_tensor([item.size(0) for item in batch], dtype=torch.long)
    mask = torch.arange(lengths.max().item()).expand(len(batch), -1) < lengths[:, None]
    padded = torch.full((*mask.shape, batch[0].size(1)), value, dtype=batch[0].dtype)
    padded[mask] = torch.cat(list(batch))
    return padded, lengths, mask
