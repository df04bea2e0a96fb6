"""Typical wrong answers to the assignment datasets, each with what to say to the student."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset, IterableDataset, Subset, get_worker_info, random_split

from grader.authoring import mistake

# CsvDataset -------------------------------------------------------------------------------------------------------


class _Csv(Dataset):
    """A right CsvDataset; each mistake changes one thing in it."""

    def __init__(self, path, target, transform=None):
        with open(path, newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        if target not in header:
            raise KeyError(target)
        self.column = header.index(target)
        self.feature_names = [name for name in header if name != target]
        self.table = np.array(rows, dtype=np.float32)
        self.transform = transform

    def __len__(self):
        return len(self.table)

    def row(self, index):
        return torch.from_numpy(np.delete(self.table[int(index)], self.column))

    def label(self, index):
        return torch.tensor(self.table[int(index), self.column])

    def __getitem__(self, index):
        features = self.row(index)
        return features if self.transform is None else self.transform(features), self.label(index)


@mistake("datasets.CsvDataset")
class TargetTakenForTheLast(_Csv):
    """You take the last column for the target: it can stand anywhere, so look its name up in the header."""

    def __init__(self, path, target, transform=None):
        super().__init__(path, target, transform)
        self.column = self.table.shape[1] - 1


@mistake("datasets.CsvDataset")
class TargetAmongTheFeatures(_Csv):
    """The target is still among the features: a model would only have to copy it."""

    def row(self, index):
        return torch.from_numpy(self.table[int(index)].copy())


@mistake("datasets.CsvDataset")
class DoublePrecision(_Csv):
    """The numbers are float64, as numpy and Python make them: the layers that they go into hold float32."""

    def row(self, index):
        return super().row(index).double()


@mistake("datasets.CsvDataset")
class TargetWithADimension(_Csv):
    """The target has shape (1,): it must be a 0-d tensor, or a batch of them gets a dimension too many."""

    def label(self, index):
        return super().label(index).reshape(1)


@mistake("datasets.CsvDataset")
class NegativeIndexRefused(_Csv):
    """Negative indices count from the end: yours are refused."""

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        return super().__getitem__(index)


@mistake("datasets.CsvDataset")
class TensorAsIndexRefused(_Csv):
    """A sampler may give a 0-d tensor as index: convert it with int(index) or index.item()."""

    def __getitem__(self, index):
        if isinstance(index, torch.Tensor):
            raise TypeError("the index must be an int")
        return super().__getitem__(index)


@mistake("datasets.CsvDataset")
class NeverEnds(_Csv):
    """An index past the end starts again from the beginning: it must raise IndexError, or a for loop never ends."""

    def __getitem__(self, index):
        return super().__getitem__(int(index) % len(self))


@mistake("datasets.CsvDataset")
class FirstRowLost(_Csv):
    """The first row after the header is missing: the header was skipped twice."""

    def __init__(self, path, target, transform=None):
        super().__init__(path, target, transform)
        self.table = self.table[1:]


@mistake("datasets.CsvDataset")
class ColumnsSorted(_Csv):
    """The columns come in the order of their names: keep the order of the file."""

    def __init__(self, path, target, transform=None):
        super().__init__(path, target, transform)
        order = sorted(range(len(self.feature_names)), key=lambda i: self.feature_names[i])
        self.order, self.feature_names = order, sorted(self.feature_names)

    def row(self, index):
        return super().row(index)[self.order]


@mistake("datasets.CsvDataset")
class TransformForgotten(_Csv):
    """The transform is kept, but never called."""

    def __getitem__(self, index):
        return self.row(index), self.label(index)


@mistake("datasets.CsvDataset")
class TransformOfTheItem(_Csv):
    """The transform gets the pair of features and target: it is meant for the features alone."""

    def __getitem__(self, index):
        item = self.row(index), self.label(index)
        return item if self.transform is None else self.transform(item)


@mistake("datasets.CsvDataset")
class UnknownTargetAsValueError(_Csv):
    """A target that is no column raises ValueError, as list.index does: it must be a KeyError that names it."""

    def __init__(self, path, target, transform=None):
        try:
            super().__init__(path, target, transform)
        except KeyError as error:
            raise ValueError(str(error)) from None


# ArrayDataset -----------------------------------------------------------------------------------------------------


class _Array(Dataset):
    def __init__(self, X, y, names):
        self.X = torch.tensor(X, dtype=torch.float32)
        self.y = torch.tensor(y, dtype=torch.int64)
        self.feature_names = list(names)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, index):
        return self.X[index], self.y[index]

    def class_counts(self):
        return dict(Counter(self.y.tolist()))


@mistake("datasets.ArrayDataset")
class DtypeOfTheArray(_Array):
    """The rows keep the dtype of the array, float64 as a rule: they must be float32."""

    def __init__(self, X, y, names):
        super().__init__(X, y, names)
        self.X = torch.tensor(X)


@mistake("datasets.ArrayDataset")
class FloatingLabels(_Array):
    """The labels are floating: a class is an int64 number."""

    def __init__(self, X, y, names):
        super().__init__(X, y, names)
        self.y = self.y.float()


@mistake("datasets.ArrayDataset")
class NarrowLabels(_Array):
    """The labels keep the dtype of the array, such as int32: losses want int64."""

    def __init__(self, X, y, names):
        super().__init__(X, y, names)
        self.y = torch.tensor(y)


@mistake("datasets.ArrayDataset")
class AbsentLabelsCounted(_Array):
    """Labels that do not occur stand in the dict with 0: only those that are present belong there."""

    def class_counts(self):
        return dict(enumerate(torch.bincount(self.y).tolist()))


@mistake("datasets.ArrayDataset")
class TensorsAsKeys(_Array):
    """The keys are tensors, and no two tensors are the same key: convert the labels with int()."""

    def class_counts(self):
        return {label: int((self.y == label).sum()) for label in self.y}


@mistake("datasets.ArrayDataset")
class DistinctLabelsCounted(_Array):
    """You count how many different labels there are: count the samples of each."""

    def class_counts(self):
        return {label: len(set(self.y.tolist())) for label in self.y.tolist()}


# LandmarksDataset -------------------------------------------------------------------------------------------------


class _Landmarks(Dataset):
    def __init__(self, csv_file, root, transform=None):
        with open(csv_file, newline="", encoding="utf-8") as file:
            self.header, *self.rows = csv.reader(file)
        self.root = Path(root)
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def pixels(self, name):
        return np.array(Image.open(self.root / name).convert("RGB"))

    def points(self, numbers):
        return np.array(numbers, dtype=np.float64).reshape(-1, 2)

    def __getitem__(self, index):
        name, *numbers = self.rows[index]
        sample = {"image": self.pixels(name), "landmarks": self.points(numbers)}
        return sample if self.transform is None else self.transform(sample)


@mistake("datasets.LandmarksDataset")
class RootNotKept(_Landmarks):
    """The name `root` is known only in __init__: keep it as self.root and join it with the file name."""

    def pixels(self, name):
        return np.array(Image.open(name).convert("RGB"))


@mistake("datasets.LandmarksDataset")
class GreyLeftGrey(_Landmarks):
    """A grey image has shape (H, W) here: convert every image to RGB."""

    def pixels(self, name):
        return np.array(Image.open(self.root / name))


@mistake("datasets.LandmarksDataset")
class AllXThenAllY(_Landmarks):
    """The numbers come as x, y, x, y: reshape(2, -1).T takes the first half for x and the second for y."""

    def points(self, numbers):
        return np.array(numbers, dtype=np.float64).reshape(2, -1).T


@mistake("datasets.LandmarksDataset")
class LandmarksFlat(_Landmarks):
    """The landmarks are one long row: they must be (K, 2), one point in each row."""

    def points(self, numbers):
        return np.array(numbers, dtype=np.float64)


@mistake("datasets.LandmarksDataset")
class LandmarksAsText(_Landmarks):
    """The landmarks are text, as they stand in the file: convert them to float."""

    def points(self, numbers):
        return np.array(numbers).reshape(-1, 2)


@mistake("datasets.LandmarksDataset")
class HeaderTakenForARow(_Landmarks):
    """The header counts as a sample: skip the first line."""

    def __len__(self):
        return len(self.rows) + 1


@mistake("datasets.LandmarksDataset")
class ImageTransformedAlone(_Landmarks):
    """The transform gets the image alone: it is meant for the whole sample, because points move with their image."""

    def __getitem__(self, index):
        name, *numbers = self.rows[index]
        image = self.pixels(name)
        return {
            "image": image if self.transform is None else self.transform(image),
            "landmarks": self.points(numbers),
        }


# TextDataset ------------------------------------------------------------------------------------------------------


class _Text(Dataset):
    def __init__(self, text, labels):
        if len(text) != len(labels):
            raise ValueError("lengths differ")
        self.text = text
        self.labels = labels

    def __len__(self):
        return len(self.text)

    def __getitem__(self, index):
        return {"Text": self.text[index], "Class": self.labels[index]}


@mistake("datasets.TextDataset")
class LengthsNotCompared(_Text):
    """Lists of different length are accepted: raise ValueError when the dataset is made."""

    def __init__(self, text, labels):
        self.text = text
        self.labels = labels


@mistake("datasets.TextDataset")
class LengthsAsserted(_Text):
    """assert raises AssertionError, and nothing at all with python -O: raise ValueError."""

    def __init__(self, text, labels):
        assert len(text) == len(labels)
        super().__init__(text, labels)


@mistake("datasets.TextDataset")
class KeysInLowerCase(_Text):
    """The keys are "Text" and "Class", with capital letters."""

    def __getitem__(self, index):
        return {"text": self.text[index], "class": self.labels[index]}


@mistake("datasets.TextDataset")
class PairsForItems(_Text):
    """An item is a dict with the keys "Text" and "Class", not a pair."""

    def __getitem__(self, index):
        return self.text[index], self.labels[index]


# ImageFolderDataset -----------------------------------------------------------------------------------------------


class _Folder(Dataset):
    def __init__(self, root, transform=None):
        self.root = Path(root)
        self.names = self.find_classes()
        self.samples = self.find_samples()
        self.transform = transform

    def find_classes(self):
        return sorted(folder.name for folder in self.root.iterdir() if any(folder.glob("*.png")))

    def find_samples(self):
        return [(p, label) for label, name in enumerate(self.names) for p in sorted((self.root / name).glob("*.png"))]

    def __len__(self):
        return len(self.samples)

    def load(self, path):
        return Image.open(path).convert("RGB")

    def __getitem__(self, index):
        path, label = self.samples[index]
        image = self.load(path)
        return image if self.transform is None else self.transform(image), label


@mistake("datasets.ImageFolderDataset")
class EmptyClassNumbered(_Folder):
    """A class folder without a PNG gets an index here, as in torchvision: skip it before you number the classes."""

    def find_classes(self):
        return sorted(folder.name for folder in self.root.iterdir() if folder.is_dir())


@mistake("datasets.ImageFolderDataset")
class ClassesBackwards(_Folder):
    """The classes are not numbered in sorted order: sort their names, whatever order the folder lists them in."""

    def find_classes(self):
        return super().find_classes()[::-1]


@mistake("datasets.ImageFolderDataset")
class FilesUnsorted(_Folder):
    """The files of a class are not in sorted order."""

    def find_samples(self):
        return [(p, label) for p, label in sorted(super().find_samples(), key=lambda s: (s[1], s[0].name[::-1]))]


@mistake("datasets.ImageFolderDataset")
class EveryFileAnImage(_Folder):
    """Files that are no PNG are opened as images: take only those whose name ends in .png."""

    def find_samples(self):
        return [(p, label) for label, name in enumerate(self.names) for p in sorted((self.root / name).iterdir())]


@mistake("datasets.ImageFolderDataset")
class ModeOfTheFile(_Folder):
    """Grey images and images with transparency keep their mode: convert every image to RGB."""

    def load(self, path):
        return Image.open(path)


@mistake("datasets.ImageFolderDataset")
class NamesForLabels(_Folder):
    """The label is the name of the class: it must be its index."""

    def __getitem__(self, index):
        image, label = super().__getitem__(index)
        return image, self.names[label]


@mistake("datasets.ImageFolderDataset")
class SortedAcrossClasses(_Folder):
    """The items are sorted by file name across all classes: they come class by class."""

    def find_samples(self):
        return sorted(super().find_samples(), key=lambda sample: sample[0].name)


# SegmentationDataset ----------------------------------------------------------------------------------------------


class _Segmentation(Dataset):
    def __init__(self, root):
        self.images = sorted(Path(root, "images").glob("*.png"))
        self.masks = sorted(Path(root, "masks").glob("*.png"))
        self.check()

    def check(self):
        if [path.stem for path in self.images] != [path.stem for path in self.masks]:
            raise ValueError("images and masks do not match")

    def __len__(self):
        return len(self.images)

    def image(self, index):
        return torch.from_numpy(np.array(Image.open(self.images[index]).convert("RGB"))).permute(2, 0, 1) / 255

    def object_masks(self, ids):
        return ids == ids[ids > 0].unique()[:, None, None]

    def box(self, xs, ys):
        return [xs.min(), ys.min(), xs.max(), ys.max()]

    def __getitem__(self, index):
        masks = self.object_masks(torch.from_numpy(np.array(Image.open(self.masks[index]))))
        boxes = [self.box(*mask.nonzero(as_tuple=True)[::-1]) for mask in masks]
        return self.image(index), {
            "boxes": torch.tensor(boxes, dtype=torch.float32).reshape(-1, 4),
            "labels": torch.ones(len(masks), dtype=torch.int64),
            "masks": masks,
            "image_id": index,
        }


@mistake("datasets.SegmentationDataset")
class RootForgotten(_Segmentation):
    """`root` is an argument of __init__ and gone when __getitem__ runs: keep it as self.root."""

    def image(self, index):
        return torch.from_numpy(np.array(Image.open(Path(root, "images")))).permute(2, 0, 1) / 255  # noqa: F821 - the mistake


@mistake("datasets.SegmentationDataset")
class GreyImagesAsTheyAre(_Segmentation):
    """A grey image has one channel here: convert every image to RGB."""

    def image(self, index):
        pixels = np.array(Image.open(self.images[index]))
        return torch.from_numpy(pixels if pixels.ndim == 3 else pixels[..., None]).permute(2, 0, 1) / 255


@mistake("datasets.SegmentationDataset")
class BytesNotScaled(_Segmentation):
    """The image goes from 0 to 255: it must be floating, in [0, 1]."""

    def image(self, index):
        return super().image(index) * 255


@mistake("datasets.SegmentationDataset")
class HeightsAndWidthsSwapped(_Segmentation):
    """The boxes are y, x, y, x: the order is x_min, y_min, x_max, y_max, and x runs along the width."""

    def box(self, xs, ys):
        return [ys.min(), xs.min(), ys.max(), xs.max()]


@mistake("datasets.SegmentationDataset")
class BoxesOneTooWide(_Segmentation):
    """The boxes end one pixel too far: masks_to_boxes gives the last pixel itself."""

    def box(self, xs, ys):
        return [xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]


@mistake("datasets.SegmentationDataset")
class BackgroundAsAnObject(_Segmentation):
    """The background, number 0, is no object: leave it out."""

    def object_masks(self, ids):
        return ids == ids.unique()[:, None, None]


@mistake("datasets.SegmentationDataset")
class NumbersWithoutGaps(_Segmentation):
    """You count from 1 to the greatest number: the numbers have gaps, so take those that occur."""

    def object_masks(self, ids):
        return ids == torch.arange(1, int(ids.max()) + 1)[:, None, None]


@mistake("datasets.SegmentationDataset")
class FirstNumberDropped(_Segmentation):
    """You drop the first number as the background: in a mask without background that is an object."""

    def object_masks(self, ids):
        return ids == ids.unique()[1:, None, None]


@mistake("datasets.SegmentationDataset")
class OnlyCountsCompared(_Segmentation):
    """As many images as masks is not enough: a.png and b.png are no pair. Compare the stems, and raise ValueError."""

    def check(self):
        if len(self.images) != len(self.masks):
            raise ValueError("counts differ")


@mistake("datasets.SegmentationDataset")
class NothingCompared(_Segmentation):
    """Images without masks, and masks without images, are accepted: raise ValueError in __init__."""

    def check(self):
        pass


# holdout_split ----------------------------------------------------------------------------------------------------


@mistake("datasets.holdout_split")
def last_samples(dataset, holdout, seed):
    """Test holds the last samples, whatever the seed: files are often sorted by class, so choose at random."""
    count = len(dataset) - holdout
    return Subset(dataset, range(count)), Subset(dataset, range(count, len(dataset)))


@mistake("datasets.holdout_split")
def global_seed(dataset, holdout, seed):
    """torch.manual_seed moves the generator of the whole program: make one of your own, torch.Generator()."""
    torch.manual_seed(seed)
    return random_split(dataset, [len(dataset) - holdout, holdout])


@mistake("datasets.holdout_split")
def drawn_with_replacement(dataset, holdout, seed):
    """The indices are drawn one by one and may repeat: take a permutation, and cut it."""
    generator = torch.Generator().manual_seed(seed)
    chosen = [int(torch.randint(len(dataset), (), generator=generator)) for _ in range(holdout)]
    rest = [index for index in range(len(dataset)) if index not in chosen]
    return Subset(dataset, rest), Subset(dataset, chosen)


@mistake("datasets.holdout_split")
def test_first(dataset, holdout, seed):
    """The order is reversed: return (train, test), with holdout samples in test."""
    generator = torch.Generator().manual_seed(seed)
    return tuple(random_split(dataset, [holdout, len(dataset) - holdout], generator=generator))


@mistake("datasets.holdout_split")
def all_in_train(dataset, holdout, seed):
    """Train holds all samples, those of test included: then the test says nothing."""
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return Subset(dataset, order), Subset(dataset, order[:holdout])


@mistake("datasets.holdout_split")
def nothing_held_out(dataset, holdout, seed):
    """order[-holdout:] is everything when holdout is 0: count from the front."""
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return Subset(dataset, order[:-holdout]), Subset(dataset, order[-holdout:])


@mistake("datasets.holdout_split")
def lists_returned(dataset, holdout, seed):
    """These are lists of samples: a Subset keeps the dataset and loads a sample only when it is asked for."""
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return [dataset[i] for i in order[holdout:]], [dataset[i] for i in order[:holdout]]


# ShardedStream ----------------------------------------------------------------------------------------------------


class _Stream(IterableDataset):
    def __init__(self, items):
        self.items = items


@mistake("datasets.ShardedStream")
class WorkersIgnored(_Stream):
    """Every worker yields all items, so that with two workers each comes twice: ask get_worker_info()."""

    def __iter__(self):
        return iter(self.items)


@mistake("datasets.ShardedStream")
class AlwaysAWorker(_Stream):
    """Without workers, get_worker_info() is None: yield all items then."""

    def __iter__(self):
        worker = get_worker_info()
        return iter(self.items[worker.id :: worker.num_workers])


@mistake("datasets.ShardedStream")
class RestDropped(_Stream):
    """Items are lost where the number of workers does not divide theirs: the shares need not have the same size."""

    def __iter__(self):
        worker = get_worker_info()
        if worker is None:
            return iter(self.items)
        share = len(self.items) // worker.num_workers
        return iter(self.items[worker.id * share : (worker.id + 1) * share])


@mistake("datasets.ShardedStream")
class AlwaysTwoShares(_Stream):
    """You make the shares for two workers, whatever there are: use num_workers."""

    def __iter__(self):
        worker = get_worker_info()
        return iter(self.items if worker is None else self.items[worker.id :: 2])


@mistake("datasets.ShardedStream")
class OnceOnly(_Stream):
    """The second epoch is empty: __iter__ must begin anew each time, so keep the list and no iterator."""

    def __init__(self, items):
        self.items = iter(items)

    def __iter__(self):
        worker = get_worker_info()
        items = list(self.items)
        return iter(items if worker is None else items[worker.id :: worker.num_workers])
