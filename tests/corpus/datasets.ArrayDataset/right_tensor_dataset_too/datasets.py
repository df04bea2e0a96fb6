import torch
from torch.utils.data import TensorDataset


class ArrayDataset(TensorDataset):
    def __init__(self, X, y, names):
        super().__init__(torch.as_tensor(X).float(), torch.as_tensor(y).long())
        self.feature_names = names

    def class_counts(self):
        values, counts = self.tensors[1].unique(return_counts=True)
        return dict(zip(values.tolist(), counts.tolist()))
