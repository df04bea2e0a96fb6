from collections import Counter

import torch


def balanced_weights(labels):
    values = labels.tolist()
    counts = Counter(values)
    return torch.tensor([1 / counts[value] / len(counts) for value in values])
