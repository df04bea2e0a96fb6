import torch


def two_layer_grads(x, y, w1, w2):
    a = w1.detach().clone().requires_grad_()
    b = w2.detach().clone().requires_grad_()
    loss = ((torch.relu(x @ a) @ b - y) ** 2).sum()
    loss.backward()
    return loss.detach(), a.grad, b.grad
