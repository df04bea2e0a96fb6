import torch


def pick_rows(x, index):
    b, k = index.shape
    batches = [i for i in range(b) for _ in range(k)]
    rows = [row for line in index.tolist() for row in line]
    return x[batches, rows].reshape(b, k, x.size(2)) if rows else x.reshape(-1, x.size(2))[:0].reshape(b, k, x.size(2))
