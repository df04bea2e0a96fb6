import torch


def two_layer_grads(x, y, w1, w2):
    h = x @ w1
    a = torch.relu(h)
    e = a @ w2 - y
    return (e ** 2).sum(), x.T @ ((e @ w2.T) * (h > 0)), a.T @ e
