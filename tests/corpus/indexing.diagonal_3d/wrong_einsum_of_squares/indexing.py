from torch import einsum as es


def diagonal_3d(x):
    n = min(x.shape[1:])
    return es("cii->ci", x[:, :n, :n])
