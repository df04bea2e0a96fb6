import torch


def two_layer_grads(x, y, w1, w2):
    h = x @ w1
    r = torch.relu(h)
    error = r @ w2 - y
    d_out = 2 * error
    slope = (torch.sign(h) + 1) / 2
    return (error**2).sum(), x.T @ ((d_out @ w2.T) * slope), r.T @ d_out
