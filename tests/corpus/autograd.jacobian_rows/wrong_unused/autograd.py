import torch


def jacobian_rows(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    rows = torch.zeros(len(y), len(x), dtype=x.dtype)
    for i in range(len(y) if y.requires_grad else 0):
        rows[i] = torch.autograd.grad(y[i], x, retain_graph=True)[0]
    return rows
