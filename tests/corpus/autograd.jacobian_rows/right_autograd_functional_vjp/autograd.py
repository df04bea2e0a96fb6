import torch


def jacobian_rows(f, x):
    point = x.detach()
    with torch.no_grad():
        m = len(f(point))
    J = torch.zeros((m, len(point)), dtype=point.dtype, device=point.device)
    for i in range(m):
        unit = torch.zeros(m, dtype=point.dtype, device=point.device)
        unit[i] = 1
        J[i] = torch.autograd.functional.vjp(f, point, unit)[1]
    return J
