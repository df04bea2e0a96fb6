import torch


def masks_from_ids(ids):
    return [ids == value for value in ids.unique() if value > 0]
