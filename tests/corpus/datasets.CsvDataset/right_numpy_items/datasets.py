import csv

import numpy as np


class CsvDataset:
    def __init__(self, path, target, transform=None):
        with open(path, newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        if target not in header:
            raise KeyError(f"unknown target {target}")
        table = np.array(rows).astype(np.float32)
        at = header.index(target)
        self.x, self.y = np.delete(table, at, axis=1), table[:, at]
        del header[at]
        self.feature_names = header
        self.transform = transform

    def __len__(self):
        return len(self.y)

    def __getitem__(self, index):
        x = self.x[int(index)]
        return self.transform(x) if self.transform else x, self.y[int(index)]
