import torch


def jacobian_rows(f, x):
    eps = 1e-3
    columns = []
    for unit in torch.eye(len(x), dtype=x.dtype):
        columns.append((f(x + eps * unit) - f(x - eps * unit)) / (2 * eps))
    return torch.stack(columns, dim=1)
