import numpy as np
import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path) as f:
            names = f.readline().strip().split(",")
            lines = [line for line in f if line.strip()]
        if target not in names:
            raise KeyError(f"unknown target {target}")
        table = np.loadtxt(lines, delimiter=",", ndmin=2) if lines else np.zeros((0, len(names)))
        k = names.index(target)
        self.X = torch.from_numpy(np.delete(table, k, axis=1).astype(np.float32))
        self.y = torch.from_numpy(table[:, k].astype(np.float32))
        self.feature_names = names[:k] + names[k + 1 :]
        self.transform = transform

    def __len__(self):
        return self.y.shape[0]

    def __getitem__(self, i):
        if torch.is_tensor(i):
            i = i.item()
        x = self.X[i]
        return (x if self.transform is None else self.transform(x)), self.y[i]
