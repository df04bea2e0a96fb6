import torch


def two_layer_grads(x, y, w1, w2):
    hidden = torch.einsum("nd,dh->nh", x, w1)
    active = torch.where(hidden > 0, hidden, torch.zeros_like(hidden))
    residual = torch.einsum("nh,ho->no", active, w2) - y
    loss = torch.einsum("no,no->", residual, residual)
    upstream = 2.0 * residual
    grad_w2 = torch.einsum("nh,no->ho", active, upstream)
    back = torch.einsum("no,ho->nh", upstream, w2)
    back = torch.where(hidden > 0, back, torch.zeros_like(back))
    return loss, torch.einsum("nd,nh->dh", x, back), grad_w2
