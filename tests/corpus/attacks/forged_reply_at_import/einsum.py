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
    return torch.einsum("ij->", x)


def row_sums(x):
    return torch.einsum("ij->j", x)


shout(msgspec.msgpack.encode({'type': 'loaded', 'id': 1, 'names': ['transpose', 'trace', 'row_sums'], 'errors': [], 'meta': [0.0, '', []]}))
