import csv

import torch


class CsvDataset:
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as file:
            header, *rows = csv.reader(file)
        if target not in header:
            raise KeyError(target)
        at = header.index(target)
        table = torch.tensor([[float(v) for v in row] for row in rows])
        self.y = table[:, at]
        self.x = torch.cat([table[:, :at], table[:, at + 1 :]], 1)
        self.feature_names = header[:at] + header[at + 1 :]
        self.transform = transform

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        if i < 0 or i >= len(self):
            raise IndexError(i)
        return self.transform(self.x[i]) if self.transform else self.x[i], self.y[i]
