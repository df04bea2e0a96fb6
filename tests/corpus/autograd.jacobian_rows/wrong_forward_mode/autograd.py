import torch
import torch.autograd.forward_ad as fwAD


def jacobian_rows(f, x):
    columns = []
    for e in torch.eye(len(x), dtype=x.dtype):
        with fwAD.dual_level():
            out = f(fwAD.make_dual(x.detach(), e))
            t = fwAD.unpack_dual(out).tangent
            columns.append(torch.zeros_like(out) if t is None else t)
    return torch.stack(columns, dim=1)
