import torch


def pad_sequence(items, value):
    """Unlike torch.nn.utils.rnn.pad_sequence this also fills."""
    steps = max(item.shape[0] for item in items)
    result = items[0].new_empty((len(items), steps, items[0].shape[1])).fill_(value)
    for row, item in zip(result, items):
        row[: item.shape[0]].copy_(item)
    return result


def pad_collate_with_lengths(batch, value=0):
    padded = pad_sequence(batch, value)
    lengths = torch.tensor([item.shape[0] for item in batch])
    mask = torch.stack([torch.arange(padded.shape[1]) < length for length in lengths])
    return padded, lengths, mask
