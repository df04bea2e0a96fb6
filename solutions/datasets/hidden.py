"""Further probes of the assignment datasets, never shown to students: larger files, batches, more to share out."""

from typing import Any

import numpy as np

from grader.authoring import (
    as_tensors,
    choices,
    csv_files,
    derived,
    epochs,
    fresh_folder,
    further,
    integers,
    items_by_index,
    just,
    write_csv,
    write_images,
)


@further("CsvDataset", profile="files", examples=5)
def csv_in_batches(
    submission: Any,
    table: Any = csv_files(columns=(4, 8), rows=(20, 40)),
    target: Any = derived(lambda earlier: choices(*earlier.table["header"])),
    batch_size: Any = integers(3, 8),
) -> Any:
    import torch
    from torch.utils.data import DataLoader

    with fresh_folder() as folder:
        dataset = submission.CsvDataset(str(write_csv(folder / "table.csv", table)), target)
        return list(DataLoader(dataset, batch_size=batch_size, generator=torch.Generator()))


@further("ArrayDataset", examples=5)
def many_rows(submission: Any, rows: Any = integers(100, 150), classes: Any = integers(3, 9)) -> Any:
    numbers = np.arange(rows * 3, dtype=np.float64).reshape(rows, 3) / 8
    labels = np.arange(rows) * 7 % classes * 2
    dataset = submission.ArrayDataset(numbers, labels, ["a", "b", "c"])
    return {"last": as_tensors(dataset[rows - 1][0]), "class_counts": dict(dataset.class_counts())}


@further("SegmentationDataset", profile="files", examples=3)
def many_objects(submission: Any, side: Any = integers(9, 14)) -> Any:
    ids = (np.arange(side * side, dtype=np.int64) * 5 % 251).astype(np.uint8).reshape(side, side)
    image = np.stack([ids, ids.T, 255 - ids], axis=-1)
    with fresh_folder() as folder:
        files = {"images/a.png": image, "masks/a.png": ids}
        dataset = submission.SegmentationDataset(str(write_images(folder / "data", files)))
        ((picture, target),) = items_by_index(dataset)
        return {
            "image": picture.float(),
            "boxes": sorted(target["boxes"].tolist()),
            "masks": sorted(mask.flatten().tolist() for mask in target["masks"].bool()),
        }


@further("ShardedStream", profile="workers", examples=1, seconds=15)
def fifty_items(submission: Any, items: Any = just(list(range(50))), workers: Any = just(3)) -> Any:
    (epoch,) = epochs(submission.ShardedStream(list(items)), workers)
    return sorted(epoch)
