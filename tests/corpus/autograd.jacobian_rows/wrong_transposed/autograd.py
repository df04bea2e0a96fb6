import torch


def jacobian_rows(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    cols = torch.zeros(len(x), len(y), dtype=x.dtype)
    for i in range(len(y) if y.requires_grad else 0):
        g = torch.autograd.grad(y[i], x, retain_graph=True, allow_unused=True)[0]
        if g is not None:
            cols[:, i] = g
    return cols
