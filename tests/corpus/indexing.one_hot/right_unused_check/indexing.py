import torch
import torch.nn.functional as F


def check(labels, num_classes):
    assert torch.equal(one_hot(labels, num_classes), F.one_hot(labels, num_classes))


def one_hot(labels: torch.Tensor, num_classes: int) -> torch.Tensor:
    source = torch.ones((*labels.shape, 1), dtype=torch.int64, device=labels.device)
    target = torch.zeros((*labels.shape, num_classes), dtype=torch.int64, device=labels.device)
    target.scatter_(-1, labels[..., None], source)
    return target
