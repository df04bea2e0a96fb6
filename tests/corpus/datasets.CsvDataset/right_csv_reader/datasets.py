import csv

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as f:
            rows = list(csv.reader(f))
        header = rows[0]
        if target not in header:
            raise KeyError(target)
        t = header.index(target)
        self.feature_names = [h for h in header if h != target]
        self.x = [torch.tensor([float(v) for i, v in enumerate(r) if i != t], dtype=torch.float32) for r in rows[1:]]
        self.y = [torch.tensor(float(r[t]), dtype=torch.float32) for r in rows[1:]]
        self.transform = transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        x = self.x[i]
        if self.transform:
            x = self.transform(x)
        return x, self.y[i]
