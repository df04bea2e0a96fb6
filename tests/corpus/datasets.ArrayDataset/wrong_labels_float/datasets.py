import torch


class ArrayDataset:
    def __init__(self, X, y, names):
        self.X, self.y, self.feature_names = torch.Tensor(X), torch.Tensor(y), names

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

    def class_counts(self):
        labels = self.y.long().tolist()
        return {k: labels.count(k) for k in labels}
