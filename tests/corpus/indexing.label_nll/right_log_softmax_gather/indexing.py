import torch


def label_nll(logits, labels):
    logs = torch.log_softmax(logits, dim=1)
    return -logs.gather(1, labels[:, None]).mean()
