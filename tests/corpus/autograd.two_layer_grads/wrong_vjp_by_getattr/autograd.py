import torch


def two_layer_grads(x, y, w1, w2):
    tools = getattr(torch, "autograd")
    vjp = getattr(tools.functional, "vjp")

    def loss(first, second):
        return ((torch.relu(x @ first) @ second - y) ** 2).sum()

    value, (g1, g2) = vjp(loss, (w1, w2))
    return value, g1, g2
