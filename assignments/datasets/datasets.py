# Write your answers here and run `grader check datasets`; datasets.ipynb holds the same tasks with explanations.

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
    """Rows of a CSV file as (features float32 (n,), target float32 0-d); feature_names names the features.

    Features are all columns but the target's, in the order of the file; with a transform, what it gives for them.
    Negative indices and 0-d tensors work, and an index past the end raises IndexError. A target that is no column
    raises a KeyError that names it.
    """

    def __init__(self, path: str, target: str, transform: Callable[[Tensor], Any] | None = None) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, index: int | Tensor) -> tuple[Any, Tensor]:
        raise NotImplementedError


class ArrayDataset(Dataset[tuple[Tensor, Tensor]]):
    """Rows of an array X (N, n) as (float32 (n,), int64 label), with feature_names, the list of names.

    y (N,) holds labels, none of them negative.
    """

    def __init__(self, X: np.ndarray, y: np.ndarray, names: Sequence[str]) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        raise NotImplementedError

    def class_counts(self) -> dict[int, int]:
        """Return how many samples each label has, for the labels that are present."""
        raise NotImplementedError


class LandmarksDataset(Dataset[Any]):
    """Images below root with the points of the CSV file: {"image": uint8 (H, W, 3), "landmarks": float (K, 2)}.

    Both are numpy arrays. A row below the header holds a file's name, then x, y, x, y, ...; a grey image becomes RGB.
    With a transform, the item is what it gives for that dict.
    """

    def __init__(self, csv_file: str, root: str, transform: Callable[[dict[str, Any]], Any] | None = None) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, index: int) -> Any:
        raise NotImplementedError


class TextDataset(Dataset[dict[str, Any]]):
    """Texts with their labels, as {"Text", "Class"}; lists of different length raise ValueError at once."""

    def __init__(self, text: Sequence[str], labels: Sequence[Any]) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, index: int) -> dict[str, Any]:
        raise NotImplementedError


class ImageFolderDataset(Dataset[tuple[Any, int]]):
    """PNG images below root/<class>/ as (RGB image, index of the class), transform applied to the image.

    Items come by sorted class names and then file names. Other files, and files in root itself, are ignored; a class
    without a PNG gets no index.
    """

    def __init__(self, root: str, transform: Callable[[Image.Image], Any] | None = None) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, index: int) -> tuple[Any, int]:
        raise NotImplementedError


class SegmentationDataset(Dataset[tuple[Tensor, dict[str, Any]]]):
    """Pairs of images and masks of object ids as (image float (3, H, W), {"boxes", "labels", "masks", "image_id"}).

    root/images/*.png and root/masks/*.png are paired by sorted names; unequal counts or stems raise ValueError at once.
    The image is in [0, 1]. For the N objects (ids other than 0, perhaps none): boxes float32 (N, 4) as
    `torchvision.ops.masks_to_boxes` gives them, labels int64 ones (N,), masks bool or uint8 (N, H, W). image_id is
    another one for every item.
    """

    def __init__(self, root: str) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, index: int) -> tuple[Tensor, dict[str, Any]]:
        raise NotImplementedError


def holdout_split(dataset: Dataset[Any], holdout: int, seed: int) -> tuple[Subset[Any], Subset[Any]]:
    """Split a dataset at random by the seed into (train, test) with holdout samples (0 up to all) in test.

    The two share no sample and hold all together. The same seed gives the same split, another one another, and the
    global random generators stay as they were.
    """
    raise NotImplementedError


class ShardedStream(IterableDataset[Any]):
    """Yields each of the items once in every epoch, however many workers a DataLoader has."""

    def __init__(self, items: Sequence[Any]) -> None:
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        raise NotImplementedError
