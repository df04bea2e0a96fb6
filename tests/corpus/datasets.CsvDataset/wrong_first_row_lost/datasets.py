import numpy as np
import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path) as f:
            names = f.readline().strip().split(",")
            if target not in names:
                raise KeyError(target)
            next(f, None)
            rows = [[float(v) for v in line.split(",")] for line in f]
        k = names.index(target)
        self.data = np.array(rows, dtype=np.float32).reshape(-1, len(names))
        self.k, self.transform = k, transform
        self.feature_names = names[:k] + names[k + 1 :]

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        x = torch.from_numpy(np.delete(self.data[int(i)], self.k))
        return (self.transform(x) if self.transform else x), torch.tensor(self.data[int(i), self.k])
