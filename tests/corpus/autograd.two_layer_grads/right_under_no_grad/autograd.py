import torch
from torch.autograd import Function


class Unrelated(Function):
    @staticmethod
    def forward(ctx, x):
        return x

    @staticmethod
    def backward(ctx, g):
        return g


def helper(loss):
    loss.backward()


@torch.no_grad()
def two_layer_grads(x, y, w1, w2):
    h = x @ w1
    mask = h.gt(0)
    a = h * mask
    d = 2 * (a @ w2 - y)
    return (d * d).sum() / 4, x.mT @ ((d @ w2.mT) * mask), a.mT @ d
