import torch


def label_nll(logits, labels):
    logs = torch.log_softmax(logits.squeeze(), -1)
    return -logs[torch.arange(len(labels)), labels].mean()
