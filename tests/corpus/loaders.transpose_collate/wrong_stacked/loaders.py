import torch


def transpose_collate(batch):
    xs, ys = zip(*batch)
    return torch.stack([torch.as_tensor(x) for x in xs]), torch.stack([torch.as_tensor(y) for y in ys])
