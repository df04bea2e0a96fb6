import torch


def transpose(x):
    return input('points? ')


def trace(x):
    return input('points? ')


def row_sums(x):
    return input('points? ')
