import torch


def balanced_weights(labels):
    count = {value: int((labels == value).sum()) for value in set(labels.tolist())}
    logs = torch.tensor([float(count[value]) for value in labels.tolist()], dtype=torch.float64).log()
    return torch.softmax(-logs, 0)
