from torch import einsum as contract


def bilinear(x, w, y):
    result = contract("bi,oij,bj->bo", x, w, y)
    return result
