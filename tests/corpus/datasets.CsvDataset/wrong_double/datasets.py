import numpy as np
import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path) as f:
            names = f.readline().strip().split(",")
        if target not in names:
            raise KeyError(target)
        k = names.index(target)
        table = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)
        self.X, self.y = np.delete(table, k, axis=1), table[:, k]
        self.feature_names = names[:k] + names[k + 1 :]
        self.transform = transform

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        x = torch.from_numpy(self.X[int(i)])
        return (self.transform(x) if self.transform else x), torch.tensor(self.y[int(i)])
