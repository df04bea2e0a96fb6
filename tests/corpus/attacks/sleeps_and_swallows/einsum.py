import time

import torch


def transpose(x):
    return x


def trace(x):
    while True:
        try:
            time.sleep(1000)
        except BaseException:
            pass


def row_sums(x):
    return torch.einsum("ij->j", x)
