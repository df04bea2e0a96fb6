"""Datasets as a probe uses them: a folder of its own, items by index and by iteration, a DataLoader with workers."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.records.errors import AuthorError


@contextlib.contextmanager
def fresh_folder() -> Iterator[Path]:
    """Give an empty folder in the scratch directory, and remove it afterwards with all that is in it.

    For probes with profile="files" or "workers": the others have no directory to write in.

    >>> with fresh_folder() as folder:
    ...     _ = (folder / "note.txt").write_text("hello")
    >>> folder.exists()
    False
    """
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def items_by_index(dataset: Any) -> list[Any]:
    """Return `dataset[0]`, `dataset[1]`, ... up to its length.

    >>> items_by_index("abc")
    ['a', 'b', 'c']
    """
    return [dataset[index] for index in range(len(dataset))]


def items_by_iteration(dataset: Any, limit: int) -> list[Any]:
    """Return what a for loop over a dataset gives, at most `limit` items: without an IndexError it never ends.

    >>> class Endless:
    ...     def __getitem__(self, index):
    ...         return index
    >>> items_by_iteration(Endless(), 4)
    [0, 1, 2, 3]
    """
    return list(itertools.islice(iter(dataset), limit))


def epochs(dataset: Any, workers: int, *, passes: int = 1, timeout: float = 5.0) -> list[list[Any]]:
    """Return what so many passes of one DataLoader give, item by item and not batched, with so many worker processes.

    The global generators are not drawn from. With workers, for probes with profile="workers"; a worker that gives
    nothing for `timeout` seconds ends in torch's RuntimeError. Raises `AuthorError` for more than 3 workers.

    >>> epochs([3, 1, 2], 0, passes=2)
    [[3, 1, 2], [3, 1, 2]]
    """
    import torch
    from torch.utils.data import DataLoader

    if not 0 <= workers <= 3:
        raise AuthorError(f"epochs: {workers} workers", hint="Use 0 to 3: each is a process of its own.")
    with warnings.catch_warnings():
        # Three workers on two cores are slow, which does not matter here, and no news for a student.
        warnings.filterwarnings("ignore", message="This DataLoader will create", category=UserWarning)
        loader: Any = DataLoader(
            dataset,
            batch_size=None,
            num_workers=workers,
            timeout=timeout if workers else 0,
            generator=torch.Generator().manual_seed(0),
        )
        return [list(loader) for _ in range(passes)]


def as_tensors(thing: Any) -> Any:
    """Return numpy arrays and numpy's numbers as tensors of their dtype, also inside tuples, lists and dicts.

    For an exercise that leaves open whether an item is one or the other. What torch has no dtype for stays.

    >>> import numpy
    >>> as_tensors((numpy.ones(2, numpy.float32), numpy.int64(3), 4))
    (tensor([1., 1.]), tensor(3), 4)
    """
    import numpy
    import torch

    if isinstance(thing, numpy.ndarray | numpy.generic):
        try:
            return torch.from_numpy(numpy.array(thing))
        except TypeError:  # an array of objects or of text: the comparison says what it is
            return thing
    if type(thing) in (tuple, list):
        return type(thing)(as_tensors(item) for item in thing)
    if type(thing) is dict:
        return {key: as_tensors(item) for key, item in thing.items()}
    return thing
