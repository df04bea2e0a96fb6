import csv

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            self.rows = list(reader)
            names = list(reader.fieldnames)
        try:
            names.remove(target)
        except ValueError:
            raise KeyError(f"no column called {target}") from None
        self.feature_names = tuple(names)
        self.target, self.transform = target, transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = self.rows[int(index)]
        features = torch.Tensor([float(row[name]) for name in self.feature_names])
        if self.transform is not None:
            features = self.transform(features)
        return features, torch.tensor(float(row[self.target]))
