import csv
from functools import cached_property

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        self.path = path
        self.transform = transform
        with open(path, newline="", encoding="utf8") as f:
            self.header = next(csv.reader(f))
        self.columns = {name: i for i, name in enumerate(self.header)}
        self.column = self.columns[target]

    @property
    def feature_names(self):
        return [name for name in self.header if self.columns[name] != self.column]

    @cached_property
    def table(self):
        with open(self.path, newline="", encoding="utf8") as f:
            return torch.tensor([list(map(float, row)) for row in list(csv.reader(f))[1:]])

    def __len__(self):
        return len(self.table)

    def __getitem__(self, i):
        row = self.table[i]
        keep = [c for c in range(len(self.header)) if c != self.column]
        x = row[keep]
        return (x if self.transform is None else self.transform(x)), row[self.column]
