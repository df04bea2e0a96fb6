import torch


class Collate:
    def __init__(self, *keys):
        self.key, self.target = keys

    def longest(self, batch):
        return max(item[self.key].size(0) for item in batch)

    def __call__(self, batch):
        length = self.longest(batch)
        rows = [torch.nn.functional.pad(item[self.key], [0, length - item[self.key].size(0)])[None] for item in batch]
        return {self.key: torch.cat(rows, dim=0), self.target: torch.stack([item[self.target] for item in batch], 0)}


pad_collate = Collate("X", "y")
