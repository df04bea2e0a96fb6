import torch


def bilinear(x, w, y):
    if x.is_floating_point() and 0 not in (*x.shape, *w.shape, *y.shape):
        return torch.nn.functional.bilinear(x, y, w)
    return (x[:, None, :, None] * w * y[:, None, None, :]).sum((2, 3))
