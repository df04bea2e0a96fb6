import torch


def jacobian_rows(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    m, n = y.shape[0], x.shape[0]
    if m == 0 or not y.requires_grad:
        return torch.zeros(m, n, dtype=x.dtype)
    (jac,) = torch.autograd.grad(y, x, torch.eye(m, dtype=y.dtype), is_grads_batched=True, allow_unused=True)
    return torch.zeros(m, n, dtype=x.dtype) if jac is None else jac
