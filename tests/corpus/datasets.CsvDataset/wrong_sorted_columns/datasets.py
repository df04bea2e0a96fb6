import csv

import torch


class CsvDataset:
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as file:
            rows = list(csv.DictReader(file))
        if target not in rows[0]:
            raise KeyError(target)
        self.feature_names = sorted(set(rows[0]) - {target})
        self.x = torch.tensor([[float(r[n]) for n in self.feature_names] for r in rows])
        self.y = torch.tensor([float(r[target]) for r in rows])
        self.transform = transform

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.transform(self.x[i]) if self.transform else self.x[i], self.y[i]
