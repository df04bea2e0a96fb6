import csv

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as file:
            header, *rows = csv.reader(file)
        if target not in header:
            raise KeyError(target)
        self.feature_names = [n for n in header if n != target]
        self.data = torch.tensor([[float(v) for v in row] for row in rows]).reshape(-1, len(header))
        self.transform = transform

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        x = self.data[index, :-1]
        return (self.transform(x) if self.transform else x), self.data[index, -1]
