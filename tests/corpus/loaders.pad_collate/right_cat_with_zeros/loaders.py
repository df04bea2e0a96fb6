from functools import partial

import torch


def _extend(x, length):
    return torch.cat((x, torch.zeros(length - x.shape[0], dtype=x.dtype, device=x.device)))


def pad_collate(batch):
    extend = partial(_extend, length=max(item["X"].shape[0] for item in batch))
    return {"X": torch.stack(list(map(extend, (item["X"] for item in batch)))), "y": torch.stack([i["y"] for i in batch])}
