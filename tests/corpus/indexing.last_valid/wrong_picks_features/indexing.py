import torch


def last_valid(x, lengths):
    index = (lengths - 1).view(-1, 1, 1).expand(-1, x.size(1), 1)
    return x.gather(2, index % max(x.size(2), 1)).squeeze(2)
