import torch


def __getattr__(name):
    return lambda x: x
