import torch
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(self, X, y, names):
        self.data = torch.tensor(X, dtype=torch.float32)
        self.labels = torch.tensor(y, dtype=torch.long)
        self.feature_names = names

    def __len__(self):
        return self.data.size(0)

    def __getitem__(self, i):
        return self.data[i], self.labels[i]

    def class_counts(self):
        values, counts = self.labels.unique(return_counts=True)
        return dict(zip(values.tolist(), counts.tolist()))
