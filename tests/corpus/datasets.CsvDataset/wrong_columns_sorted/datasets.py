import csv

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as file:
            reader = csv.DictReader(file)
            self.rows = list(reader)
        if target not in reader.fieldnames:
            raise KeyError(target)
        self.feature_names = sorted(set(reader.fieldnames) - {target})
        self.target, self.transform = target, transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = self.rows[index]
        x = torch.tensor([float(row[n]) for n in self.feature_names])
        return (self.transform(x) if self.transform else x), torch.tensor(float(row[self.target]))
