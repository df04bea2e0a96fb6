import torch


def jacobian_rows(f, x):
    x = x.detach().clone().requires_grad_(True)
    y = f(x)
    J = torch.zeros(x.numel(), y.numel(), dtype=x.dtype)
    if y.requires_grad:
        for i in range(len(y)):
            (grad,) = torch.autograd.grad(y[i], x, retain_graph=True, allow_unused=True)
            if grad is not None:
                J[:, i] = grad
    return J
