"""Checks of the assignment datasets: CSV files, arrays, folders of images, a split and a stream with workers."""

import operator
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.data import Dataset, IterableDataset, Subset

from grader.authoring import (
    arrays,
    as_tensors,
    booleans,
    choices,
    csv_files,
    derived,
    epochs,
    exercise,
    fresh_folder,
    generators_at,
    image_folders,
    index_tensor,
    integers,
    items_by_index,
    items_by_iteration,
    just,
    lawful,
    lists_of,
    raised,
    seeds,
    segmentation_folders,
    text_words,
    write_csv,
    write_images,
)

# CsvDataset -------------------------------------------------------------------------------------------------------

_TABLE = csv_files(columns=(2, 4), rows=(1, 5))
_TARGET = derived(lambda earlier: choices(*earlier.table["header"]))

_TRANSFORMS: dict[str, Callable[[Any], Any]] = {
    "scaled": lambda features: features * 2 + 1,
    "first": lambda features: features[:1],
    "centred": lambda features: features - features.min(),
    "total": lambda features: features.sum(),
}


def _another_transform(features: Any) -> str:
    return "another transform"


@exercise(
    points=3,
    profile="files",
    examples=60,
    hints=[
        "csv.reader gives lists of text; the first is the header. float() makes numbers of the others.",
        "Keep one float32 tensor for the features and one for the targets: indexing them does the rest, IndexError "
        "included.",
        "header.index(target) raises ValueError for a name that is not there: ask first, and raise KeyError.",
    ],
)
def CsvDataset(submission: Any, table: Any = _TABLE, target: Any = _TARGET) -> Any:
    with fresh_folder() as folder:
        dataset = submission.CsvDataset(str(write_csv(folder / "table.csv", table)), target)
        return {
            "length": len(dataset),
            "feature_names": list(dataset.feature_names),
            "items": as_tensors(items_by_index(dataset)),
        }


@CsvDataset.also(profile="files", examples=40)
def csv_indices(
    submission: Any,
    table: Any = _TABLE,
    target: Any = _TARGET,
    index: Any = derived(lambda earlier: integers(-len(earlier.table["rows"]), len(earlier.table["rows"]) - 1)),
    beyond: Any = integers(0, 3),
) -> Any:
    with fresh_folder() as folder:
        dataset = submission.CsvDataset(str(write_csv(folder / "table.csv", table)), target)
        count = len(table["rows"])
        return {
            "by an int": as_tensors(dataset[index]),
            "by a 0-d tensor": as_tensors(dataset[torch.tensor(index)]),
            "past the end": raised(lambda: dataset[count + beyond], "IndexError"),
            "in a for loop": as_tensors(items_by_iteration(dataset, count + 3)),
        }


@CsvDataset.also(profile="files", examples=40)
def csv_transform(
    submission: Any,
    table: Any = _TABLE,
    target: Any = _TARGET,
    transform: Any = choices(*_TRANSFORMS),
    by_name: Any = booleans(),
) -> Any:
    with fresh_folder() as folder:
        path = str(write_csv(folder / "table.csv", table))
        function = _TRANSFORMS[transform]
        if by_name:
            dataset = submission.CsvDataset(path, target, transform=function)
        else:
            dataset = submission.CsvDataset(path, target, function)
        submission.CsvDataset(path, target, _another_transform)  # another dataset, whose transform is its own
        return as_tensors(items_by_index(dataset))


@CsvDataset.also(profile="files", examples=15)
def csv_unknown_target(
    submission: Any, table: Any = csv_files(columns=(1, 3), rows=(1, 2)), target: Any = choices("absent", "no such one")
) -> Any:
    cls = submission.CsvDataset
    with fresh_folder() as folder:
        path = str(write_csv(folder / "table.csv", table))
        return raised(lambda: cls(path, target)[0], "KeyError", naming=target)


# ArrayDataset -----------------------------------------------------------------------------------------------------

_COLUMNS = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)", "height")


def _label(label: Any) -> Any:
    """A Python int becomes int64 in every batch: it is as good as a tensor."""
    return torch.tensor(label) if type(label) is int else label


@exercise(
    points=2,
    hints=[
        "torch.tensor(X, dtype=torch.float32) copies and converts in one step; labels are int64.",
        "collections.Counter counts; np.bincount also counts the labels that are not there.",
        "The keys of the dict are numbers: a tensor as a key is equal to nothing.",
    ],
)
def ArrayDataset(
    submission: Any,
    X: Any = arrays("N n", dtype="number", sizes={"n": (1, 5)}),
    y: Any = arrays("N", dtype="int64", low=0, high=6),
    names: Any = derived(lambda earlier: just(list(_COLUMNS[: earlier.X.shape[1]]))),
    narrow: Any = choices("int64", "int64", "int32", "uint8"),
) -> Any:
    dataset = submission.ArrayDataset(X, y if narrow == "int64" else y.astype(narrow), names)
    items = [(row, _label(label)) for row, label in map(as_tensors, items_by_index(dataset))]
    return {
        "length": len(dataset),
        "items": items,
        "feature_names": list(dataset.feature_names),
        "class_counts": dict(dataset.class_counts()),
    }


@ArrayDataset.also(examples=20)
def arrays_in_a_loader(
    submission: Any,
    X: Any = arrays("N n", dtype="float64", sizes={"N": (1, 7), "n": (1, 4)}),
    y: Any = arrays("N", dtype="int64", low=0, high=3),
    batch_size: Any = integers(1, 4),
) -> Any:
    from torch.utils.data import DataLoader

    dataset = submission.ArrayDataset(X, y, list(_COLUMNS[: X.shape[1]]))
    return list(DataLoader(dataset, batch_size=batch_size, generator=torch.Generator()))


# LandmarksDataset -------------------------------------------------------------------------------------------------

_PHOTOS = image_folders(classes=(1, 1), images=(1, 3), modes=("RGB", "L"), others=False)
_POINTS = lists_of(choices(0, 1, 2.5, -3.25, 100.75, 32, 7, 1e-05), 18, 18)


def _write_landmarks(folder: Path, photos: Any, points: Any, count: int) -> tuple[str, str]:
    images = {name.split("/")[1]: image for name, image in photos.items()}
    write_images(folder / "faces", images)
    header = ["image_name", *(f"part_{number}_{axis}" for number in range(count) for axis in "xy")]
    rows = [[name, *points[2 * count * i : 2 * count * (i + 1)]] for i, name in enumerate(images)]
    return str(write_csv(folder / "landmarks.csv", {"header": header, "rows": rows})), str(folder / "faces")


def _sample(item: Any) -> Any:
    """Return a sample with its landmarks in float64: float32 is as good."""
    if isinstance(item, dict) and isinstance(item.get("landmarks"), np.ndarray) and item["landmarks"].dtype.kind == "f":
        return {**item, "landmarks": item["landmarks"].astype(np.float64)}
    return item


@exercise(
    points=2,
    profile="files",
    examples=40,
    rtol=1e-5,  # landmarks may be float32
    hints=[
        "The file name is relative to root: keep root as an attribute and join the two in __getitem__.",
        'Image.open(path).convert("RGB") also makes three channels of a grey image; np.array gives (H, W, 3).',
        "Pairs: np.array(numbers, dtype=float).reshape(-1, 2).",
    ],
)
def LandmarksDataset(submission: Any, photos: Any = _PHOTOS, points: Any = _POINTS, count: Any = integers(1, 3)) -> Any:
    with fresh_folder() as folder:
        dataset = submission.LandmarksDataset(*_write_landmarks(folder, photos, points, count))
        return {"length": len(dataset), "items": [_sample(item) for item in items_by_index(dataset)]}


@LandmarksDataset.also(profile="files", examples=20, rtol=1e-5)
def landmarks_transform(
    submission: Any,
    photos: Any = _PHOTOS,
    points: Any = _POINTS,
    count: Any = integers(1, 3),
    by_name: Any = booleans(),
) -> Any:
    def transform(sample: dict[str, Any]) -> Any:
        return {
            "keys": sorted(sample),
            "size": list(sample["image"].shape),
            "doubled": (sample["landmarks"] * 2).tolist(),
        }

    with fresh_folder() as folder:
        csv_file, root = _write_landmarks(folder, photos, points, count)
        if by_name:
            dataset = submission.LandmarksDataset(csv_file=csv_file, root=root, transform=transform)
        else:
            dataset = submission.LandmarksDataset(csv_file, root, transform)
        return items_by_index(dataset)


# TextDataset ------------------------------------------------------------------------------------------------------


@exercise(
    points=1,
    hints=["Compare the two lengths in __init__ and raise ValueError there.", 'The keys are "Text" and "Class".'],
)
def TextDataset(
    submission: Any,
    text: Any = lists_of(text_words(), 0, 5),
    labels: Any = derived(
        lambda earlier: lists_of(choices(0, 1, 2, "pos", "neg"), len(earlier.text), len(earlier.text))
    ),
) -> Any:
    dataset = submission.TextDataset(text, labels)
    return {"length": len(dataset), "items": items_by_index(dataset)}


@TextDataset.also(examples=30)
def text_of_another_length(
    submission: Any,
    text: Any = lists_of(text_words(), 0, 3),
    labels: Any = lists_of(choices(0, 1, "pos"), 0, 3),
) -> Any:
    cls = submission.TextDataset
    return raised(lambda: cls(text, labels), "ValueError")


# ImageFolderDataset -----------------------------------------------------------------------------------------------

_ONE_PIXEL = np.array([[[10, 20, 30]]], np.uint8)


def _write_classes(folder: Path, files: Any, stray: bool) -> str:
    # A class that is never empty, so that there is something to find; its name sorts between the others'.
    extra: dict[str, Any] = {"bird/only.png": _ONE_PIXEL}
    if stray:
        extra |= {"stray.png": _ONE_PIXEL, "bird/only.jpg.txt": "no image", "bird/only.png.json": "{}"}
        extra |= {"bird/other.jpg": _ONE_PIXEL, "crow/only.jpg": _ONE_PIXEL}  # images, but none in the format asked for
    return str(write_images(folder / "data", {**files, **extra}))


@exercise(
    points=2,
    profile="files",
    examples=40,
    hints=[
        'Path(root).glob("*/*.png") finds exactly the images of all classes, in no order.',
        "Only classes that have an image count: sort their names first, and number them then.",
        'Image.open(path).convert("RGB"): grey images and images with transparency occur.',
    ],
)
def ImageFolderDataset(submission: Any, files: Any = image_folders(), stray: Any = booleans()) -> Any:
    with fresh_folder() as folder:
        dataset = submission.ImageFolderDataset(_write_classes(folder, files, stray))
        return {
            "length": len(dataset),
            "items": [(np.asarray(image), label) for image, label in items_by_index(dataset)],
        }


@ImageFolderDataset.also(profile="files", examples=20)
def folders_transform(
    submission: Any, files: Any = image_folders(), stray: Any = booleans(), by_name: Any = booleans()
) -> Any:
    def transform(image: Any) -> Any:
        pixels = np.asarray(image)
        return {"size": list(pixels.shape), "sum": int(pixels.sum(dtype=np.int64))}

    with fresh_folder() as folder:
        root = _write_classes(folder, files, stray)
        if by_name:
            dataset = submission.ImageFolderDataset(root, transform=transform)
        else:
            dataset = submission.ImageFolderDataset(root, transform)
        return items_by_index(dataset)


# SegmentationDataset ----------------------------------------------------------------------------------------------

_PER_OBJECT = ("boxes", "labels", "masks")
_ONE_PAIR = {"images/one.png": _ONE_PIXEL, "masks/one.png": _ONE_PIXEL[..., 0]}


def _in_order(target: Any) -> Any:
    """Return what there is for each object in one order, that of the masks as numbers: ids may come in any order."""
    parts = {key: torch.as_tensor(target[key]).as_subclass(torch.Tensor) for key in _PER_OBJECT}
    masks = parts["masks"]
    if masks.dtype == torch.uint8:
        parts["masks"] = masks = masks.bool()
    if masks.ndim == 3 and all(len(part) == len(masks) for part in parts.values()):
        order = sorted(range(len(masks)), key=lambda number: masks[number].flatten().tolist())
        parts = {key: part[order] for key, part in parts.items()}
    return parts


def _number(image_id: Any) -> Any:
    return image_id.tolist() if isinstance(image_id, torch.Tensor | np.ndarray | np.generic) else image_id


@exercise(
    points=4,
    profile="files",
    examples=40,
    rtol=1e-5,
    hints=[
        "Everything that __getitem__ needs must be an attribute: root alone is an argument of __init__.",
        "Path.stem is the name without its suffix; compare the two sorted lists of stems.",
        "ids.unique() without 0; comparing the mask with ids[:, None, None] gives all masks at once.",
        "No object: boxes (0, 4), labels (0,), masks (0, H, W).",
    ],
)
def SegmentationDataset(
    submission: Any, files: Any = segmentation_folders(count=(1, 3)), others: Any = booleans()
) -> Any:
    if others:
        files = {**files, "images/notes.txt": "no image", "masks/ids.json": "[]", "masks/z.txt": "", "readme.txt": ""}
    with fresh_folder() as folder:
        dataset = submission.SegmentationDataset(str(write_images(folder / "data", files)))
        if others:  # a second dataset, whose root and files are its own
            submission.SegmentationDataset(str(write_images(folder / "others", _ONE_PAIR)))
        items = items_by_index(dataset)
        names = [repr(_number(target["image_id"])) for _, target in items]
        return {
            "length": len(dataset),
            "images": [as_tensors(image) if _floating(image) is None else _floating(image) for image, _ in items],
            "targets": [_in_order(target) for _, target in items],
            "image_ids differ": len(set(names)) == len(names),
        }


def _floating(image: Any) -> Any:
    """Return a floating image in float32, whatever its precision; None for what is no floating tensor."""
    return image.float() if isinstance(image, torch.Tensor) and image.is_floating_point() else None


@SegmentationDataset.also(profile="files", examples=25)
def segmentation_without_a_partner(
    submission: Any,
    files: Any = segmentation_folders(count=(1, 3)),
    problem: Any = choices("more images", "more masks", "other stem", "no masks", "none"),
) -> Any:
    cls = submission.SegmentationDataset
    if problem == "more images":
        files = {**files, "images/more.png": _ONE_PIXEL}
    elif problem == "more masks":
        files = {**files, "masks/more.png": _ONE_PIXEL[..., 0]}
    elif problem == "other stem":
        files = {**files, "images/one.png": _ONE_PIXEL, "masks/two.png": _ONE_PIXEL[..., 0]}
    elif problem == "no masks":
        files = {name: content for name, content in files.items() if name.startswith("images")} | {"masks": None}
    with fresh_folder() as folder:
        root = str(write_images(folder / "data", files))
        return raised(lambda: cls(root), "ValueError")


# holdout_split ----------------------------------------------------------------------------------------------------


class _Tens(Dataset[int]):
    """Item i is 10 i + 3, so that an item and its index are not mixed up."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: Any) -> int:
        index = operator.index(index)
        if not 0 <= index < self.count:
            raise IndexError(index)
        return 10 * index + 3


@exercise(
    points=2,
    hints=[
        "torch.randperm(n, generator=torch.Generator().manual_seed(seed)) is an order that follows from the seed.",
        "Subset(dataset, indices) is a dataset: one with the first holdout indices of that order, one with the rest.",
    ],
)
def holdout_split(
    submission: Any,
    count: Any = integers(0, 9),
    holdout: Any = derived(lambda earlier: integers(0, earlier.count)),
    seed: Any = seeds(),
    as_list: Any = booleans(),
) -> Any:
    dataset: Any = list(_Tens(count)) if as_list else _Tens(count)
    train, test = submission.holdout_split(dataset, holdout, seed)
    with generators_at(seed ^ 5):
        again = submission.holdout_split(dataset, holdout, seed)
    sides = [sorted(items_by_index(side)) for side in (train, test)]
    return {
        "are Subsets": [isinstance(side, Subset) for side in (train, test)],
        "sizes": [len(train), len(test)],
        "all together": sorted(sides[0] + sides[1]),
        "the same seed gives the same split": sides == [sorted(items_by_index(side)) for side in again],
    }


# 30 samples, 10 to 20 of them in test: two seeds give the same split, or one the first or last samples, with a
# probability below 1e-8 each; in 8 examples below one in a million.
@holdout_split.also(examples=8)
def split_at_random(submission: Any, holdout: Any = integers(13, 17), seed: Any = seeds()) -> Any:
    dataset = _Tens(30)
    split = [sorted(items_by_index(side)) for side in submission.holdout_split(dataset, holdout, seed)]
    other = [sorted(items_by_index(side)) for side in submission.holdout_split(dataset, holdout, seed ^ 1)]
    items = list(range(3, 303, 10))
    return {
        "another seed gives another split": split[1] != other[1],
        "test holds just the first or the last samples": split[1] in (items[:holdout], items[len(items) - holdout :]),
    }


# ShardedStream ----------------------------------------------------------------------------------------------------

_ITEMS = lists_of(integers(0, 30), 0, 9)


@exercise(
    points=3,
    hints=[
        "get_worker_info() is None in the main process; in a worker it has id and num_workers.",
        "items[id::num_workers] is one share of num_workers.",
        "__iter__ is called anew for every epoch.",
    ],
)
def ShardedStream(submission: Any, items: Any = _ITEMS) -> Any:
    stream = submission.ShardedStream(list(items))
    return {
        "is an IterableDataset": isinstance(stream, IterableDataset),
        "epochs without workers": [sorted(epoch) for epoch in epochs(stream, 0, passes=2)],
    }


# Each example starts processes, which takes longer than a hundred calls: few examples, the telling ones among them.
@ShardedStream.also(
    profile="workers",
    examples=5,
    seconds=15,
    explicit=[
        {"items": [5, 3, 8, 1, 9, 2, 7], "workers": 2},
        {"items": [4, 4, 6, 1, 0], "workers": 3},
        {"items": [10, 20], "workers": 1},
        {"items": ["seven"], "workers": 3},
    ],
)
def stream_with_workers(
    submission: Any, items: Any = lists_of(integers(0, 30), 1, 9), workers: Any = choices(2, 3)
) -> Any:
    (epoch,) = epochs(submission.ShardedStream(list(items)), workers)
    return sorted(epoch)
