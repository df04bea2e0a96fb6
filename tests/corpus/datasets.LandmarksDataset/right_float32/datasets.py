import csv
from pathlib import Path

import numpy as np
from torchvision.io import ImageReadMode, read_image


class LandmarksDataset:
    def __init__(self, csv_file, root, transform=None):
        with open(csv_file, encoding="utf-8") as f:
            next(f)
            self.items = [(r[0], np.asarray(r[1:], dtype=np.float32).reshape(-1, 2)) for r in csv.reader(f)]
        self.root, self.transform = Path(root), transform

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        name, points = self.items[i]
        image = read_image(str(self.root / name), ImageReadMode.RGB).permute(1, 2, 0).numpy()
        item = {"image": image, "landmarks": points}
        return item if self.transform is None else self.transform(item)
