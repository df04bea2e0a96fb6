import csv
import os

import numpy as np
from PIL import Image


class LandmarksDataset:
    def __init__(self, csv_file, root, transform=None):
        self.rows = list(csv.reader(open(csv_file)))[1:]
        self.files = sorted(os.listdir(root))
        self.root, self.transform = root, transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        image = np.array(Image.open(self.root + "/" + self.files[i]).convert("RGB"))
        s = {"image": image, "landmarks": np.array(self.rows[i][1:], float).reshape(-1, 2)}
        return self.transform(s) if self.transform else s
