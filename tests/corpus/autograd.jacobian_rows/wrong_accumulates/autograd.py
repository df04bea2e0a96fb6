import torch


def jacobian_rows(f, x):
    x = x.detach().clone().requires_grad_()
    y = f(x)
    rows = torch.zeros(len(y), len(x), dtype=x.dtype)
    for i in range(len(y) if y.requires_grad else 0):
        y[i].backward(retain_graph=True)
        if x.grad is not None:
            rows[i] = x.grad
    return rows
