import csv
from functools import cached_property

import torch
from torch.utils.data import Dataset


class CsvDataset(Dataset):
    def __init__(self, path, target, transform=None):
        self.path = path
        self.transform = transform
        with open(path, newline="", encoding="utf8") as f:
            self.header = next(csv.reader(f))
        self.columns = {name: i for i, name in enumerate(self.header)}
        self.column = self.columns[target]

    @property
    def feature_names(self):
        return [name for name in self.header if self.columns[name] != self.column]

    @cached_property
    def table(self):
        with open(self.path, newline="", encoding="utf8") as f:
            return torch.tensor([list(map(float, row)) for row in list(csv.reader(f))[1:]])

    def __len__(self):
        return len(self.table)

    def __getitem__(self, i):
        row = self.table[i]
        keep = [c for c in range(len(self.header)) if c != self.column]
        x = row[keep]
        return (x if self.transform is None else self.transform(x)), row[self.column]


import torch
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(self, X, y, names):
        self.X = torch.as_tensor(X).double()
        self.y = torch.as_tensor(y, dtype=torch.int64)
        self.feature_names = names

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

    def class_counts(self):
        return {int(c): int((self.y == c).sum()) for c in self.y.unique()}


import csv

import numpy as np
from PIL import Image


class LandmarksDataset:
    def __init__(self, csv_file, root, transform=None):
        self.rows = list(csv.reader(open(csv_file)))[1:]
        self.root, self.transform = root, transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        name, *v = self.rows[i]
        image = np.array(Image.open(self.root + "/" + name).convert("RGB"))
        s = {"image": image, "landmarks": np.array(v, float).reshape(2, -1).T}
        return self.transform(s) if self.transform else s


from dataclasses import dataclass
from typing import Any

from torch.utils.data import Dataset


@dataclass
class TextDataset(Dataset):
    text: list[str]
    labels: list[Any]

    def __post_init__(self):
        if not len(self.text) == len(self.labels):
            raise ValueError

    def __len__(self):
        return len(self.text)

    def __getitem__(self, index):
        return {"Text": self.text[index], "Class": self.labels[index]}


from torchvision.datasets import ImageFolder


class ImageFolderDataset(ImageFolder):
    def __init__(self, root, transform=None):
        super().__init__(root, transform=transform)


import pathlib

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset


class SegmentationDataset(Dataset):
    def __init__(self, root):
        self.root = pathlib.Path(root)
        names = {part: {p.stem for p in (self.root / part).glob("*.png")} for part in ("images", "masks")}
        unmatched = names["images"] ^ names["masks"]
        if unmatched:
            raise ValueError(f"no partner: {sorted(unmatched)}")
        self.files = sorted(p.name for p in (self.root / "images").glob("*.png"))

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        name = self.files[i]
        image = np.array(Image.open(self.root / "images" / name).convert("RGB"), dtype=np.float32) / np.float32(255)
        mask = np.array(Image.open(self.root / "masks" / name))
        ids = [v for v in np.unique(mask) if v > 0]
        masks = np.zeros((len(ids), *mask.shape), dtype=bool)
        boxes = np.zeros((len(ids), 4), dtype=np.float32)
        for k, v in enumerate(ids):
            masks[k] = mask == v
            where = np.argwhere(masks[k])
            boxes[k, [1, 0]] = where.min(axis=0)
            boxes[k, [3, 2]] = where.max(axis=0)
        return torch.from_numpy(image.transpose(2, 0, 1).copy()), {
            "boxes": torch.from_numpy(boxes),
            "labels": torch.from_numpy(np.ones(len(ids), dtype=np.int64)),
            "masks": torch.from_numpy(masks),
            "image_id": i,
        }


import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        keys = torch.rand(len(dataset))
    order = keys.argsort(stable=True)
    test, train = order.split([holdout, len(dataset) - holdout])
    return Subset(dataset, train.tolist()), Subset(dataset, test.tolist())


from torch.utils.data import IterableDataset, get_worker_info


class ShardedStream(IterableDataset):
    def __init__(self, items):
        self.items = tuple(items)

    def shard(self):
        info = get_worker_info()
        return (0, 1) if info is None else (info.id, info.num_workers)

    def __iter__(self):
        me, workers = self.shard()
        yield from (item for position, item in enumerate(self.items) if position % workers == me)
