import copy
import csv
from pathlib import Path

import numpy as np
from PIL import Image


class LandmarksDataset:
    def __init__(self, csv_file, root, transform=None):
        self.samples = []
        with open(csv_file, newline="") as stream:
            reader = csv.reader(stream)
            next(reader)
            for name, *numbers in filter(None, reader):
                pairs = list(zip(numbers[::2], numbers[1::2]))
                self.samples.append(
                    {
                        "image": np.array(Image.open(Path(root, name)).convert(mode="RGB")),
                        "landmarks": np.array([(float(x), float(y)) for x, y in pairs]).reshape(len(pairs), 2),
                    }
                )
        self.transform = transform

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, i):
        sample = copy.deepcopy(self.samples[i])
        if self.transform is not None:
            return self.transform(sample)
        return sample
