import torch


def jacobian_rows(f, x):
    x = x.detach().clone().requires_grad_(True)
    y = f(x)
    jac = torch.zeros(y.shape[0], x.shape[0], dtype=x.dtype, device=x.device)
    if not y.requires_grad:
        return jac
    for i in range(y.shape[0]):
        v = torch.zeros_like(y)
        v[i] = 1
        g = torch.autograd.grad(y, x, v, retain_graph=True, allow_unused=True)[0]
        if g is not None:
            jac[i] = g
    return jac
