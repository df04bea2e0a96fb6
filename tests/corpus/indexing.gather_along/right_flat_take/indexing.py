import torch


def gather_along(x, dim, index):
    positions = torch.arange(x.numel(), device=x.device).reshape(x.shape)
    dim = dim % x.dim()
    flat = torch.zeros_like(index)
    stride = 1
    for axis in reversed(range(x.dim())):
        if axis == dim:
            flat = flat + index * stride
        else:
            shape = [-1 if a == axis else 1 for a in range(x.dim())]
            flat = flat + (torch.arange(index.size(axis), device=x.device) * stride).reshape(shape) if index.size(axis) else flat
        stride *= x.size(axis)
    return torch.take(x, flat) if positions.numel() else x.reshape(-1)[flat]
