from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch.utils.data import Sampler, SubsetRandomSampler


class SubsetSampler(Sampler[int]):
    def __init__(self, indices: Sequence[int], seed: int) -> None:
        self.indices = list(indices)
        self.generator = torch.Generator()
        self.seed = seed
        self.epoch = -1

    def set_epoch(self, epoch: int) -> None:
        self.epoch = epoch - 1

    def __iter__(self) -> Iterator[int]:
        self.epoch += 1
        self.generator.manual_seed(self.seed + 7919 * self.epoch)
        return iter(SubsetRandomSampler(self.indices, generator=self.generator))

    def __len__(self) -> int:
        return len(self.indices)
