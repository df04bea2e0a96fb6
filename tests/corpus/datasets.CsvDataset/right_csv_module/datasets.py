import csv

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as file:
            header, *rows = [row for row in csv.reader(file) if row]
        if target not in header:
            raise KeyError(target)
        column = header.index(target)
        self.feature_names = header[:column] + header[column + 1 :]
        self.features = [torch.tensor([float(v) for v in row[:column] + row[column + 1 :]]) for row in rows]
        self.targets = [torch.tensor(float(row[column])) for row in rows]
        self.transform = transform

    def __len__(self):
        return len(self.targets)

    def __getitem__(self, index):
        features = self.features[index]
        if self.transform is not None:
            features = self.transform(features)
        return features, self.targets[index]
