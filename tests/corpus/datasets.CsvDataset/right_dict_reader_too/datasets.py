import csv
import operator

import torch
from torch.utils.data import TensorDataset


class CsvDataset(TensorDataset):
    def __init__(self, path, target, transform=None):
        with open(path, newline="") as stream:
            reader = csv.DictReader(stream)
            fields = list(reader.fieldnames)
            columns = {name: [] for name in fields}
            for record in reader:
                for name, value in record.items():
                    columns[name].append(float(value))
        y = torch.tensor(columns.pop(target), dtype=torch.float32)
        values = [torch.tensor(column, dtype=torch.float32) for column in columns.values()]
        x = torch.stack(values, dim=1) if values else torch.empty(len(y), 0)
        super().__init__(x, y)
        self.feature_names = list(columns)
        self.transform = transform

    def __getitem__(self, index):
        x, y = super().__getitem__(operator.index(index))
        if self.transform:
            x = self.transform(x)
        return x, y
