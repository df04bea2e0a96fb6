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


import torch
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(self, X, y, names):
        self.data = torch.tensor(X, dtype=torch.float32)
        self.labels = torch.tensor(y, dtype=torch.long)
        self.feature_names = names

    def __len__(self):
        return self.data.size(0)

    def __getitem__(self, i):
        return self.data[i], self.labels[i]

    def class_counts(self):
        values, counts = self.labels.unique(return_counts=True)
        return dict(zip(values.tolist(), counts.tolist()))


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


from torch.utils.data import Dataset


class LengthMismatch(ValueError):
    """Texts and labels do not match."""


class TextDataset(Dataset):
    KEYS = ("Text", "Class")

    def __init__(self, text, labels):
        texts, classes = list(text), list(labels)
        if len(texts) > len(classes) or len(classes) > len(texts):
            raise LengthMismatch()
        self.pairs = tuple(zip(texts, classes))

    def __len__(self):
        return self.pairs.__len__()

    def __getitem__(self, position):
        return dict(zip(self.KEYS, self.pairs[position]))


from pathlib import Path

from torchvision.datasets import ImageFolder


def _is_png(path):
    return path.endswith(".png")


class ImageFolderDataset(ImageFolder):
    def __init__(self, root, transform=None):
        super().__init__(str(root), transform=transform, is_valid_file=_is_png)

    def find_classes(self, directory):
        classes = sorted(p.name for p in Path(directory).iterdir() if p.is_dir() and list(p.glob("*.png")))
        return classes, {name: i for i, name in enumerate(classes)}


from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset
from torchvision.io import ImageReadMode, read_image


class SegmentationDataset(Dataset):
    def __init__(self, root) -> None:
        images = sorted(Path(root, "images").glob("*.png"))
        masks = sorted(Path(root, "masks").glob("*.png"))
        if [p.stem for p in images] != [p.stem for p in masks]:
            raise ValueError(f"{len(images)} images and {len(masks)} masks do not go together")
        self.pairs = list(zip(images, masks))

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, idx):
        image_path, mask_path = self.pairs[idx]
        image = read_image(str(image_path), ImageReadMode.RGB).to(torch.float32).div(255)
        ids = np.array(Image.open(mask_path)).astype(np.int32)
        masks, boxes = [], []
        for number in np.unique(ids):
            if number == 0:
                continue
            rows, columns = np.nonzero(ids == number)
            masks.append(torch.from_numpy((ids == number).astype(np.uint8)))
            boxes.append([columns.min(), rows.min(), columns.max(), rows.max()])
        target = {
            "boxes": torch.tensor(np.array(boxes), dtype=torch.float32).reshape(-1, 4),
            "labels": torch.ones((len(masks),), dtype=torch.int64),
            "masks": torch.stack(masks) if masks else torch.zeros((0, *ids.shape), dtype=torch.uint8),
            "image_id": torch.tensor(idx),
        }
        return image, target


import torch
from torch.utils.data import Subset


def holdout_split(dataset, holdout, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        keys = torch.rand(len(dataset))
    order = keys.argsort(stable=True)
    test, train = order.split([holdout, len(dataset) - holdout])
    return Subset(dataset, train.tolist()), Subset(dataset, test.tolist())


from itertools import islice

from torch.utils.data import IterableDataset, get_worker_info


class ShardedStream(IterableDataset):
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        info = get_worker_info()
        if info is None:
            return iter(self.items)
        return islice(self.items, info.id, None, info.num_workers)
