import torch


def jacobian_rows(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    rows = torch.zeros(len(y), len(x), dtype=x.dtype)
    for i in range(len(y)):
        g = torch.autograd.grad(y[i], x, retain_graph=True, allow_unused=True)[0]
        if g is not None:
            rows[i] = g
    return rows
