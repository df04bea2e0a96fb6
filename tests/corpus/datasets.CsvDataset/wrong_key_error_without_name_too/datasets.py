import csv

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as file:
            header, *rows = csv.reader(file)
        if target not in header:
            raise KeyError("no such column")
        self.column, self.transform = header.index(target), transform
        self.feature_names = [n for n in header if n != target]
        self.rows = [[float(v) for v in row] for row in rows]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = list(self.rows[index])
        y = row.pop(self.column)
        x = torch.tensor(row)
        return (self.transform(x) if self.transform else x), torch.tensor(y)
