import torch


def two_layer_grads(x, y, w1, w2):
    h = x @ w1
    r = torch.relu(h)
    error = r @ w2 - y
    d_out = 2 * error
    d_w2 = r.T @ d_out
    d_h = (d_out @ w2.T) * (h > 0)
    return error.pow(2).sum(), x.T @ d_h, d_w2
