import numpy as np


class ArrayDataset:
    def __init__(self, X, y, names):
        self.X = np.asarray(X, dtype="float32")
        self.y = np.asarray(y, dtype="int64")
        self.feature_names = tuple(names)

    def __len__(self):
        return self.X.shape[0]

    def __getitem__(self, i):
        return self.X[i], self.y[i]

    def class_counts(self):
        counts = {}
        for label in self.y:
            counts[label] = counts.get(label, 0) + 1
        return counts
