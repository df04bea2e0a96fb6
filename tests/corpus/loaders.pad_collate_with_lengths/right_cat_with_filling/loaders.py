import torch


def _extend(item, steps, value):
    filling = torch.full((steps - item.size(0), item.size(1)), value, dtype=item.dtype, device=item.device)
    return torch.cat([item, filling])


def pad_collate_with_lengths(batch, value=0):
    sizes = list(map(len, batch))
    rows = [_extend(item, max(sizes), value)[None] for item in batch]
    mask = [[step < size for step in range(max(sizes))] for size in sizes]
    return torch.cat(rows), torch.LongTensor(sizes), torch.tensor(mask, dtype=torch.bool).reshape(len(sizes), max(sizes))
