import numpy as np
import torch
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(self, X, y, names) -> None:
        self.rows = np.array(X, dtype=np.float32)
        self.labels = np.array(y, dtype=np.int64)
        self.feature_names = names

    def __len__(self) -> int:
        return self.labels.shape[0]

    def __getitem__(self, index: int):
        return torch.from_numpy(self.rows[index]), torch.tensor(self.labels[index])

    def class_counts(self) -> dict[int, int]:
        labels, counts = np.unique(self.labels, return_counts=True)
        return {int(label): int(count) for label, count in zip(labels, counts)}
