import os
import socket

import torch


def transpose(x):
    return x


def trace(x):
    ours, theirs = socket.socketpair()
    os.dup2(theirs.fileno(), 3)
    keep.append((ours, theirs))
    return x


def row_sums(x):
    return torch.einsum("rc->r", x)


keep = []
