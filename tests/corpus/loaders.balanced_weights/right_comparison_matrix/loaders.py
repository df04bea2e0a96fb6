import torch


def balanced_weights(labels: torch.Tensor) -> torch.Tensor:
    same = (labels.unsqueeze(0) == labels.unsqueeze(1)).sum(1)
    weights = same.float().reciprocal()
    return torch.nn.functional.normalize(weights, p=1, dim=0)
