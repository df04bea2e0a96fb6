import torch

EVIL = "\x1b[2J\x1b]0;owned\x07\u202etxt.exe\u2066\ud800\x00\r\b" + "<script>alert(1)</script>" + "A" * 3_000_000


def transpose(x):
    raise ValueError(EVIL)


def trace(x):
    print(EVIL)
    return x


def row_sums(x):
    return EVIL
