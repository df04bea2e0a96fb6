import torch.nn.functional as F


def make():
    loss = F.cross_entropy

    def inner(logits, labels):
        return loss(logits, labels)

    return inner


label_nll = make()
