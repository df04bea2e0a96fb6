import torch


def jacobian_rows(f, x):
    x = x.detach()
    m = len(f(x))
    jac = torch.zeros(m, len(x), dtype=x.dtype)
    h = 1e-5 if x.dtype == torch.float64 else 1e-2
    for j in range(len(x)):
        e = torch.zeros_like(x)
        e[j] = h
        jac[:, j] = ((f(x + e) - f(x - e)) / (2 * h)).detach()
    return jac
