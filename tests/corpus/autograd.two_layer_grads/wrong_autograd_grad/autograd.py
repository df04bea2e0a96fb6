import torch


def two_layer_grads(x, y, w1, w2):
    w1, w2 = w1.clone().requires_grad_(), w2.clone().requires_grad_()
    loss = ((torch.relu(x @ w1) @ w2 - y) ** 2).sum()
    g1, g2 = torch.autograd.grad(loss, [w1, w2])
    return loss.detach(), g1, g2
