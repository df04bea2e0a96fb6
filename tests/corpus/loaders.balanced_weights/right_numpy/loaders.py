import numpy as np
import torch


class Balance:
    def __call__(self, labels):
        values, counts = np.unique(labels.numpy(), return_counts=True)
        share = dict(zip(values.tolist(), (1 / counts / len(values)).tolist()))
        return torch.DoubleTensor([share[value] for value in labels.tolist()])


balanced_weights = Balance()
