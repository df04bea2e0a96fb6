import torch


def two_layer_grads(x, y, w1, w2):
    loss = x.new_zeros(())
    grad_w1, grad_w2 = torch.zeros_like(w1), torch.zeros_like(w2)
    for sample, target in zip(x, y):
        z = sample @ w1
        a = torch.maximum(z, torch.zeros_like(z))
        e = a @ w2 - target
        loss = loss + (e * e).sum()
        grad_w2 = grad_w2 + torch.outer(a, 2 * e)
        grad_w1 = grad_w1 + torch.outer(sample, (w2 @ (2 * e)) * (z > 0).to(z.dtype))
    return loss, grad_w1, grad_w2
