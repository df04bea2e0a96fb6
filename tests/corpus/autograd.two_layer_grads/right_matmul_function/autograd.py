import torch


def two_layer_grads(x, y, w1, w2):
    h = torch.matmul(x, w1)
    a = torch.relu(h)
    e = torch.matmul(a, w2) - y
    loss = e.pow(2).sum()
    g = 2 * e
    ga = torch.matmul(g, w2.t())
    gh = torch.where(h > 0, ga, torch.zeros_like(ga))
    return loss, torch.matmul(x.t(), gh), torch.matmul(a.t(), g)
