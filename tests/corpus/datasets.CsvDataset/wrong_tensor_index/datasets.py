import csv

import torch


class CsvDataset:
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as file:
            header, *rows = csv.reader(file)
        if target not in header:
            raise KeyError(target)
        at = header.index(target)
        self.feature_names = header[:at] + header[at + 1 :]
        self.items = {
            i: (torch.tensor([float(v) for j, v in enumerate(row) if j != at]), torch.tensor(float(row[at])))
            for i, row in enumerate(rows)
        }
        self.transform = transform

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        if i >= len(self):
            raise IndexError
        if i < 0:
            i += len(self)
        x, y = self.items[i]
        return self.transform(x) if self.transform else x, y
