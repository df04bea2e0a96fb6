import torch


def total(x):
    """Sum of all entries."""
    raise NotImplementedError
