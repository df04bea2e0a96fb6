import csv
import os

import numpy as np
from PIL import Image
from torch.utils.data import Dataset


class LandmarksDataset(Dataset):
    def __init__(self, csv_file, root, transform=None):
        with open(csv_file, newline="") as file:
            self.rows = [row for row in csv.reader(file) if row][1:]
        self.root = root
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, idx):
        name, *values = self.rows[idx]
        image = Image.open(os.path.join(self.root, name)).convert("RGB")
        landmarks = np.array(values, dtype=float).reshape(-1, 2)
        sample = {"image": image, "landmarks": landmarks}
        if self.transform:
            sample = self.transform(sample)
        return sample
