import numpy as np
import torch


class ArrayDataset(torch.utils.data.Dataset):
    def __init__(self, X, y, names):
        self.X, self.y, self.feature_names = X, y, list(names)

    def __len__(self):
        return len(self.X)

    def __getitem__(self, index):
        return torch.from_numpy(self.X[index].astype(np.float32)), torch.tensor(int(self.y[index]))

    def class_counts(self):
        return {int(label): int((self.y == label).sum()) for label in np.unique(self.y)}
