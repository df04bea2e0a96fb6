import torch


class ArrayDataset:
    def __init__(self, X, y, names):
        self.X, self.y, self.feature_names = torch.tensor(X).float(), torch.tensor(y).long(), names

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.y[i], self.X[i]

    def class_counts(self):
        return {k: self.y.tolist().count(k) for k in self.y.tolist()}
