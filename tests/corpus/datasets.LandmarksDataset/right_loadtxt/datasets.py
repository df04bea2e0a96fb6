import os

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset


class LandmarksDataset(Dataset):
    def __init__(self, csv_file, root, transform=None):
        with open(csv_file) as f:
            lines = f.readlines()[1:]
        table = np.loadtxt(lines, dtype=str, delimiter=",", ndmin=2) if lines else np.empty((0, 1), dtype=str)
        self.names = table[:, 0].tolist()
        self.landmarks = table[:, 1:].astype("float64").reshape(len(table), (table.shape[1] - 1) // 2, 2)
        self.root, self.transform = root, transform

    def __len__(self):
        return len(self.names)

    def __getitem__(self, idx):
        if torch.is_tensor(idx):
            idx = idx.tolist()
        with Image.open(os.path.join(self.root, self.names[idx])) as picture:
            image = np.asarray(picture.convert("RGB"), dtype=np.uint8).copy()
        sample = dict(image=image, landmarks=self.landmarks[idx].copy())
        return sample if self.transform is None else self.transform(sample)
