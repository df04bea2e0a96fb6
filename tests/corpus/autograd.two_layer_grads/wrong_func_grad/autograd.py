import torch
from torch.func import grad_and_value as derive


def two_layer_grads(x, y, w1, w2):
    def loss(ws):
        return ((torch.relu(x @ ws[0]) @ ws[1] - y) ** 2).sum()

    (g1, g2), value = derive(loss)((w1, w2))
    return value, g1, g2
