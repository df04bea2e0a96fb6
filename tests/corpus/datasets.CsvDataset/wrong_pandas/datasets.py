import pandas as pd
import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        frame = pd.read_csv(path)
        self.y = torch.tensor(frame.pop(target).values, dtype=torch.float32)
        self.x = torch.tensor(frame.values, dtype=torch.float32)
        self.feature_names = list(frame.columns)
        self.transform = transform

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.transform(self.x[i]) if self.transform else self.x[i], self.y[i]
