import torch
def two_layer_grads(x, y, w1, w2):
    dt = x.dtype
    x, y, w1, w2 = (t.float() for t in (x, y, w1, w2))
    z = x @ w1
    h = z.relu()
    r = h @ w2 - y
    g = 2 * r
    return tuple(t.to(dt) for t in ((r * r).sum(), x.T @ ((g @ w2.T) * (z > 0)), h.T @ g))
