import torch


def jacobian_rows(f, x):
    m = len(f(x))
    jac = torch.zeros(m, len(x), dtype=x.dtype)
    for i in range(m):
        v = torch.zeros(m, dtype=x.dtype)
        v[i] = 1
        jac[i] = torch.autograd.functional.vjp(f, x.detach(), v)[1]
    return jac
