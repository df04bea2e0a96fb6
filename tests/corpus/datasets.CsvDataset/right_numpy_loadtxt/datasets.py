import numpy as np
import torch


class CsvDataset(torch.utils.data.Dataset):
    def __init__(self, path, target, transform=None):
        with open(path) as file:
            header = np.array(file.readline().rstrip("\n").split(","))
        data = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2, dtype=np.float32)
        is_target = header == target
        if not is_target.any():
            raise KeyError(f"{target!r} is no column of {path}")
        self.feature_names = header[~is_target].tolist()
        self.features = torch.from_numpy(data[:, ~is_target])
        self.targets = torch.from_numpy(data[:, is_target]).squeeze(1)
        self.transform = transform or (lambda x: x)

    def __len__(self):
        return self.features.shape[0]

    def __getitem__(self, index):
        if isinstance(index, torch.Tensor):
            index = index.item()
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(f"index {index} for {len(self)} rows")
        return self.transform(self.features[index]), self.targets[index]
