import torch


def label_nll(logits, labels):
    shifted = logits - logits.max()
    normaliser = shifted.exp().sum(1).log()
    return (normaliser - shifted.gather(1, labels[:, None]).squeeze(1)).mean()
