import torch


def last_valid(x, lengths):
    result = torch.zeros(x.shape[0], x.shape[2])
    for i, length in enumerate(lengths.tolist()):
        result[i] = x[i, length - 1]
    return result
