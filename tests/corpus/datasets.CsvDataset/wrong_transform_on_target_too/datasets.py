import csv

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as file:
            header, *rows = csv.reader(file)
        if target not in header:
            raise KeyError(target)
        self.column = header.index(target)
        self.transform = transform or (lambda v: v)
        self.feature_names = [n for n in header if n != target]
        self.rows = [[float(v) for v in row] for row in rows]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = list(self.rows[index])
        y = row.pop(self.column)
        return self.transform(torch.tensor(row)), self.transform(torch.tensor(y))
