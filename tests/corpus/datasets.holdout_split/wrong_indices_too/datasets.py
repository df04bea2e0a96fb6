import torch


def holdout_split(dataset, holdout, seed):
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return order[holdout:], order[:holdout]
