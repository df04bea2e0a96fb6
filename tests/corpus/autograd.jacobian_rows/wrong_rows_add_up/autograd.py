import torch


def jacobian_rows(f, x):
    x = x.detach().clone().requires_grad_(True)
    y = f(x)
    J = torch.zeros(y.numel(), x.numel(), dtype=x.dtype)
    if y.requires_grad:
        for i in range(len(y)):
            y[i].backward(retain_graph=True)
            if x.grad is not None:
                J[i] = x.grad
    return J
