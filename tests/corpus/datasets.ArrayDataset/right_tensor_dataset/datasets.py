from collections import Counter

import torch
from torch.utils.data import TensorDataset


class ArrayDataset(TensorDataset):
    def __init__(self, X, y, names):
        super().__init__(torch.as_tensor(X).float(), torch.as_tensor(y).long())
        self.feature_names = [*names]

    def class_counts(self):
        return Counter(int(label) for label in self.tensors[1])
