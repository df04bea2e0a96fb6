import torch
import torch.nn as nn


def _per_channel(values) -> torch.Tensor:
    if not isinstance(values, torch.Tensor):
        values = torch.tensor(values, dtype=torch.float32)
    return values.detach().clone()[None, :, None, None]


class Normalizer(nn.Module):
    def __init__(self, mean, std) -> None:
        super().__init__()
        self.mean = nn.Buffer(_per_channel(mean))
        self.std = nn.Buffer(_per_channel(std))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.div(torch.sub(x, self.mean), self.std)

    def denormalize(self, x: torch.Tensor) -> torch.Tensor:
        return torch.addcmul(self.mean, x, self.std)
