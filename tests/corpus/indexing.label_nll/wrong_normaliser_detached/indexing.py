import torch


def label_nll(logits, labels):
    normaliser = logits.logsumexp(1, keepdim=True).detach()
    return (normaliser - logits.gather(1, labels[:, None])).mean()
