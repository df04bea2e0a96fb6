import csv
import os.path as p

import numpy as np
from PIL import Image


class LandmarksDataset:
    def __init__(self, csv_file, root, transform=lambda sample: sample):
        with open(csv_file) as f:
            self.rows = list(csv.DictReader(f))
        self.root = root
        self.transform = transform or (lambda sample: sample)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        name, *rest = self.rows[i].values()
        pixels = np.array(Image.open(p.join(self.root, name)))
        if pixels.ndim == 2:
            pixels = np.repeat(pixels[:, :, None], 3, axis=2)
        points = np.array(rest, dtype="float64").reshape(len(rest) // 2, 2)
        return self.transform({"image": pixels, "landmarks": points})
