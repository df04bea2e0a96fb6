import torch


def weighted_average(p, v):
    function = getattr(torch, "einsum")
    return function("bhqk,bhkd->bqhd", p, v).flatten(2)
