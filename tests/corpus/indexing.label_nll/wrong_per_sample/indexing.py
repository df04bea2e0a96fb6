import torch


def label_nll(logits, labels):
    return -torch.log_softmax(logits, 1).gather(1, labels[:, None]).squeeze(1)
