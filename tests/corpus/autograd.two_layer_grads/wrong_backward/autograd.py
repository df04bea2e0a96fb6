import torch


def two_layer_grads(x, y, w1, w2):
    a, b = w1.detach().clone(), w2.detach().clone()
    a.requires_grad = True
    b.requires_grad = True
    loss = ((torch.relu(x @ a) @ b - y) ** 2).sum()
    loss.backward()
    return loss.detach(), a.grad, b.grad
