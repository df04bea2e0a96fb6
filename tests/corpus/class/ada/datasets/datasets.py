import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import Dataset, IterableDataset, Subset, get_worker_info

class CsvDataset(Dataset[tuple[Any, Tensor]]):
    """Rows of a CSV file as (features float32 (n,), target float32 0-d); feature_names names the features."""

    def __init__(self, path: str, target: str, transform: Callable[[Tensor], Any] | None = None) -> None:
        ### BEGIN SOLUTION
        with open(path, newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        if target not in header:
            raise KeyError(f"there is no column {target!r}; the columns are {', '.join(header)}")
        column = header.index(target)
        self.feature_names = header[:column] + header[column + 1 :]
        table = torch.tensor([[float(cell) for cell in row] for row in rows]).reshape(len(rows), len(header))
        self.targets = table[:, column].clone()
        self.features = torch.cat([table[:, :column], table[:, column + 1 :]], dim=1)
        self.transform = transform
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.targets)
        ### END SOLUTION

    def __getitem__(self, index: int | Tensor) -> tuple[Any, Tensor]:
        ### BEGIN SOLUTION
        features = self.features[int(index)]
        return features if self.transform is None else self.transform(features), self.targets[int(index)]
        ### END SOLUTION

class ArrayDataset(Dataset[tuple[Tensor, Tensor]]):
    """Rows of an array as (float32 (n,), int64 label), with feature_names."""

    def __init__(self, X: np.ndarray, y: np.ndarray, names: Sequence[str]) -> None:
        ### BEGIN SOLUTION
        self.X = torch.tensor(X, dtype=torch.float32)
        self.y = torch.tensor(y, dtype=torch.int64)
        self.feature_names = list(names)
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.y)
        ### END SOLUTION

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        ### BEGIN SOLUTION
        return self.X[index], self.y[index]
        ### END SOLUTION

    def class_counts(self) -> dict[int, int]:
        """Return how many samples each label has, for the labels that are present."""
        ### BEGIN SOLUTION
        return dict(Counter(self.y.tolist()))
        ### END SOLUTION

class LandmarksDataset(Dataset[Any]):
    """Images below root with the points of the CSV file: {"image": uint8 (H, W, 3), "landmarks": float (K, 2)}."""

    def __init__(self, csv_file: str, root: str, transform: Callable[[dict[str, Any]], Any] | None = None) -> None:
        ### BEGIN SOLUTION
        with open(csv_file, newline="", encoding="utf-8") as file:
            _, *self.rows = csv.reader(file)
        self.root = Path(root)
        self.transform = transform
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.rows)
        ### END SOLUTION

    def __getitem__(self, index: int) -> Any:
        ### BEGIN SOLUTION
        name, *numbers = self.rows[index]
        with Image.open(self.root / name) as image:
            pixels = np.array(image.convert("RGB"))
        sample = {"image": pixels, "landmarks": np.array(numbers, dtype=np.float64).reshape(-1, 2)}
        return sample if self.transform is None else self.transform(sample)
        ### END SOLUTION

class TextDataset(Dataset[dict[str, Any]]):
    """Texts with their labels, as {"Text", "Class"}."""

    def __init__(self, text: Sequence[str], labels: Sequence[Any]) -> None:
        ### BEGIN SOLUTION
        if len(text) != len(labels):
            raise ValueError(f"{len(text)} texts and {len(labels)} labels")
        self.text = text
        self.labels = labels
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.text)
        ### END SOLUTION

    def __getitem__(self, index: int) -> dict[str, Any]:
        ### BEGIN SOLUTION
        return {"Text": self.text[index], "Class": self.labels[index]}
        ### END SOLUTION

class ImageFolderDataset(Dataset[tuple[Any, int]]):
    """PNG images below root/<class>/ as (RGB image, index of the class), transform applied to the image."""

    def __init__(self, root: str, transform: Callable[[Image.Image], Any] | None = None) -> None:
        ### BEGIN SOLUTION
        paths = sorted(Path(root).glob("*/*.png"), key=lambda path: (path.parent.name, path.name))
        self.classes = sorted({path.parent.name for path in paths})
        self.samples = [(path, self.classes.index(path.parent.name)) for path in paths]
        self.transform = transform
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.samples)
        ### END SOLUTION

    def __getitem__(self, index: int) -> tuple[Any, int]:
        ### BEGIN SOLUTION
        path, label = self.samples[index]
        with Image.open(path) as image:
            converted = image.convert("RGB")
        return converted if self.transform is None else self.transform(converted), label
        ### END SOLUTION

class SegmentationDataset(Dataset[tuple[Tensor, dict[str, Any]]]):
    """Pairs of images and masks of object ids as (image float (3, H, W), {"boxes", "labels", "masks", "image_id"})."""

    def __init__(self, root: str) -> None:
        ### BEGIN SOLUTION
        self.images = sorted(Path(root, "images").glob("*.png"))
        self.masks = sorted(Path(root, "masks").glob("*.png"))
        if [path.stem for path in self.images] != [path.stem for path in self.masks]:
            raise ValueError(f"{len(self.images)} images and {len(self.masks)} masks do not have the same stems")
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.images)
        ### END SOLUTION

    def __getitem__(self, index: int) -> tuple[Tensor, dict[str, Any]]:
        ### BEGIN SOLUTION
        with Image.open(self.images[index]) as file:
            image = torch.from_numpy(np.array(file.convert("RGB"))).permute(2, 0, 1) / 255
        with Image.open(self.masks[index]) as file:
            ids = torch.from_numpy(np.array(file))
        masks = ids == ids[ids > 0].unique()[:, None, None]
        boxes = torch.zeros(len(masks), 4)
        for box, mask in zip(boxes, masks):
            ys, xs = mask.nonzero(as_tuple=True)
            box[:] = torch.stack([xs.min(), ys.min(), xs.max(), ys.max()])
        labels = torch.ones(len(masks), dtype=torch.int64)
        return image, {"boxes": boxes, "labels": labels, "masks": masks, "image_id": index}
        ### END SOLUTION

def holdout_split(dataset: Dataset[Any], holdout: int, seed: int) -> tuple[Subset[Any], Subset[Any]]:
    """Split a dataset at random by the seed into (train, test) with holdout samples (0 up to all) in test."""
    ### BEGIN SOLUTION
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return Subset(dataset, order[holdout:]), Subset(dataset, order[:holdout])
    ### END SOLUTION

class ShardedStream(IterableDataset[Any]):
    """Yields each of the items once in every epoch, however many workers a DataLoader has."""

    def __init__(self, items: Sequence[Any]) -> None:
        ### BEGIN SOLUTION
        self.items = list(items)
        ### END SOLUTION

    def __iter__(self) -> Iterator[Any]:
        ### BEGIN SOLUTION
        worker = get_worker_info()
        if worker is None:
            return iter(self.items)
        return iter(self.items[worker.id :: worker.num_workers])
        ### END SOLUTION
