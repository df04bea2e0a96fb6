import msgspec
import os
import struct

import torch


def shout(payload):
    frame = struct.pack("<I", len(payload)) + payload
    for number in range(3, 64):
        try:
            os.write(number, frame)
        except OSError:
            pass


def transpose(x):
    return x


def trace(x):
    for number in range(3, 64):
        try:
            os.write(number, bytes(range(256)) * 4)
        except OSError:
            pass
    return x


def row_sums(x):
    return torch.einsum("rc->r", x)
