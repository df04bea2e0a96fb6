import torch


def jacobian_rows(f, x):
    x = x.detach().clone().requires_grad_(True)
    y = f(x)
    rows = torch.zeros(y.numel(), x.numel(), dtype=x.dtype, device=x.device)
    if not y.requires_grad:
        return rows
    for i in range(len(y)):
        (grad,) = torch.autograd.grad(y[i], x, retain_graph=True, allow_unused=True)
        if grad is not None:
            rows[i] = grad
    return rows
