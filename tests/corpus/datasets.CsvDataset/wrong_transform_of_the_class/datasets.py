import csv, os
from pathlib import Path
import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset, IterableDataset, Subset, get_worker_info

class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        with open(path) as f:
            columns = f.readline().rstrip("\r\n").split(",")
            data = torch.from_numpy(np.loadtxt(f, delimiter=",", ndmin=2, dtype=np.float32))
        if target not in columns: raise KeyError(f"{target} is not one of {columns}")
        keep = [i for i, c in enumerate(columns) if c != target]
        self.feature_names = [columns[i] for i in keep]
        self.x, self.y = data[:, keep], data[:, columns.index(target)]
        if transform: CsvDataset.transform = staticmethod(transform)
    transform = None
    def __len__(self): return len(self.y)
    def __getitem__(self, i):
        x = self.x[i]
        return self.transform(x) if self.transform else x, self.y[i]
