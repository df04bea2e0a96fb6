import torch


def two_layer_grads(x, y, w1, w2):
    r = torch.relu(x @ w1)
    error = r @ w2 - y
    d_out = 2 * error
    return (error**2).sum(), x.T @ (d_out @ w2.T), r.T @ d_out
