import torch


def label_nll(logits, labels):
    logits = logits.clamp(-50, 50)
    return (logits.exp().sum(1).log() - logits.gather(1, labels[:, None]).squeeze(1)).mean()
