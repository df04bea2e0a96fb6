import torch


def _row(output, x):
    (grad,) = torch.autograd.grad(output, [x], retain_graph=True)
    return grad


def jacobian_rows(f, x):
    with torch.enable_grad():
        x = x.detach().clone().requires_grad_()
        y = f(x)
        attached = y + torch.zeros_like(x).mul(x).sum().mul(0)
        return torch.cat([x.new_zeros(0, x.numel())] + [_row(value, x)[None, :] for value in attached.unbind()])
