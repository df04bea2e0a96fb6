"""Right answers to the assignment buffers in other styles than the reference's: all of them must pass."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from grader.authoring import alternative


@alternative("buffers.Duck")
class DuckFromTheLeft(nn.Module):
    duck: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("duck", 7 * torch.ones(1))

    def forward(self, x: Tensor) -> Tensor:
        return torch.mul(self.duck, x)


@alternative("buffers.Duck")
class DuckOfTheBufferClass(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.duck = nn.Buffer(torch.tensor([7.0]))

    def forward(self, x: Tensor) -> Tensor:
        return x * self.duck


@alternative("buffers.RunningMean")
class RunningMeanByLerp(nn.Module):
    mean: Tensor
    steps: Tensor

    def __init__(self, features: int, momentum: float = 0.1) -> None:
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x: Tensor) -> Tensor:
        if self.training:
            with torch.no_grad():
                self.mean.lerp_(x.mean(0).to(self.mean.dtype), self.momentum)
                self.steps += 1
        return x - self.mean.clone()


@alternative("buffers.RunningMean")
class RunningMeanByTheDifference(nn.Module):
    mean: Tensor
    steps: Tensor

    def __init__(self, features: int, momentum: float = 0.1) -> None:
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))

    def forward(self, x: Tensor) -> Tensor:
        if self.training:
            average = x.detach().sum(dim=0) / len(x)
            self.mean = self.mean + self.momentum * (average - self.mean)
            self.steps = self.steps + 1
        return x - self.mean


@alternative("buffers.PositionalEncoding")
class PositionalEncodingByPowers(nn.Module):
    table: Tensor

    def __init__(self, max_len: int, dim: int) -> None:
        super().__init__()
        self.max_len = max_len
        steps = torch.arange(max_len, dtype=torch.float64)[:, None]
        columns = torch.arange(dim)
        angles = steps / 10000.0 ** ((columns - columns % 2).double() / dim)
        table = torch.where(columns % 2 == 0, angles.sin(), angles.cos())
        self.register_buffer("table", table.float(), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        if x.shape[1] > self.max_len:
            raise ValueError(f"{x.shape[1]} steps, at most {self.max_len}")
        return x + self.table[: x.shape[1]]


@alternative("buffers.PositionalEncoding")
class PositionalEncodingInPairs(nn.Module):
    table: Tensor

    def __init__(self, max_len: int, dim: int) -> None:
        super().__init__()
        pairs = (dim + 1) // 2
        angles = torch.arange(max_len).outer(torch.pow(torch.tensor(10000.0), -torch.arange(0, 2 * pairs, 2) / dim))
        both = torch.stack((torch.sin(angles), torch.cos(angles)), dim=2).reshape(max_len, 2 * pairs)
        self.register_buffer("table", both[None, :, :dim].clone(), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        if self.table.shape[1] < x.shape[1]:
            raise ValueError("the sequence is too long")
        return self.table[:, : x.shape[1]] + x


@alternative("buffers.Normalizer")
class NormalizerOfColumns(nn.Module):
    mean: Tensor
    std: Tensor

    def __init__(self, mean: Sequence[float] | Tensor, std: Sequence[float] | Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", torch.as_tensor(mean).clone().reshape(-1, 1, 1))
        self.register_buffer("std", torch.as_tensor(std).clone().reshape(-1, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        return torch.sub(x, self.mean).div(self.std)

    def denormalize(self, x: Tensor) -> Tensor:
        return torch.addcmul(self.mean, x, self.std)


@alternative("buffers.Normalizer")
class NormalizerWithABatch(nn.Module):
    mean: Tensor
    std: Tensor

    def __init__(self, mean: Sequence[float] | Tensor, std: Sequence[float] | Tensor) -> None:
        super().__init__()
        for name, values in (("mean", mean), ("std", std)):
            copied = values.detach().clone() if isinstance(values, Tensor) else torch.tensor(values)
            self.register_buffer(name, copied[None, :, None, None])

    def forward(self, x: Tensor) -> Tensor:
        return (x - self.mean) / self.std

    def denormalize(self, x: Tensor) -> Tensor:
        return x * self.std + self.mean
