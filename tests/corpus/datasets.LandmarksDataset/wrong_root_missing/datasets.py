import csv

import numpy as np
from PIL import Image


class LandmarksDataset:
    def __init__(self, csv_file, root, transform=None):
        self.rows = list(csv.reader(open(csv_file)))[1:]
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        name, *v = self.rows[i]
        s = {"image": np.array(Image.open(name).convert("RGB")), "landmarks": np.array(v, float).reshape(-1, 2)}
        return self.transform(s) if self.transform else s
