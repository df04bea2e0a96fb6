import torch


def transpose(x):
    raise StopIteration(x)


def trace(x):
    raise StopIteration(x)


def row_sums(x):
    raise StopIteration(x)
