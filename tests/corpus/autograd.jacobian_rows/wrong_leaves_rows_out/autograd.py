import torch


def jacobian_rows(f, x):
    x = x.detach().clone().requires_grad_(True)
    y = f(x)
    rows = []
    for value in y:
        if value.requires_grad:
            (grad,) = torch.autograd.grad(value, x, retain_graph=True, allow_unused=True)
            if grad is not None:
                rows.append(grad)
    return torch.stack(rows) if rows else torch.zeros(0, len(x), dtype=x.dtype)
