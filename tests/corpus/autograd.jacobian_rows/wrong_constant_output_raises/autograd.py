import torch


def jacobian_rows(f, x):
    x = x.detach().clone().requires_grad_(True)
    y = f(x)
    J = torch.zeros(y.numel(), x.numel(), dtype=x.dtype)
    for i in range(len(y)):
        J[i] = torch.autograd.grad(y[i], x, retain_graph=True)[0]
    return J
