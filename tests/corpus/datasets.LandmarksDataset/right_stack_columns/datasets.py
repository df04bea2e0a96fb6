import csv

import numpy as np
from PIL import Image


class LandmarksDataset:
    def __init__(self, csv_file, root, transform=None):
        self.table = list(csv.reader(open(csv_file)))
        self.root = root
        self.transform = transform

    def __len__(self):
        return len(self.table) - 1

    def __getitem__(self, i):
        name, *values = self.table[i + 1]
        values = list(map(float, values))
        points = np.stack([values[0::2], values[1::2]], axis=1)
        pixels = np.asarray(Image.open(f"{self.root}/{name}").convert("RGB"), dtype=np.uint8)
        result = {"landmarks": points, "image": pixels}
        return self.transform(result) if self.transform is not None else result
