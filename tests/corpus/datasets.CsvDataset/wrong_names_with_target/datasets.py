import csv

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as file:
            self.feature_names, *rows = csv.reader(file)
        if target not in self.feature_names:
            raise KeyError(target)
        self.column, self.transform = self.feature_names.index(target), transform
        self.rows = [[float(v) for v in row] for row in rows]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = list(self.rows[index])
        y = row.pop(self.column)
        x = torch.tensor(row)
        return (self.transform(x) if self.transform else x), torch.tensor(y)
