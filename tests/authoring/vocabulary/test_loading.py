from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.utils.data import Dataset, IterableDataset

from grader.authoring.vocabulary.loading import as_tensors, epochs, fresh_folder, items_by_index, items_by_iteration
from grader.records.errors import AuthorError


class Numbers(Dataset[Any]):
    def __init__(self, count: int, *, ends: bool = True) -> None:
        self.count, self.ends = count, ends

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> int:
        if self.ends and index >= self.count:
            raise IndexError(index)
        return 10 * index


class Stream(IterableDataset[Any]):
    def __iter__(self) -> Any:
        return iter(["a", "b"])


class Whose(Dataset[Any]):
    def __len__(self) -> int:
        return 4

    def __getitem__(self, index: int) -> int:
        return os.getpid()


def test_folders_are_fresh_and_go_away() -> None:
    with fresh_folder() as one, fresh_folder() as other:
        assert one != other
        (one / "sub").mkdir()
        (one / "sub" / "file").write_text("x")
        assert list(other.iterdir()) == []
    assert not one.exists()
    assert not other.exists()


def test_a_folder_goes_away_after_an_exception() -> None:
    seen: list[Path] = []

    def fail() -> None:
        with fresh_folder() as folder:
            seen.append(folder)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        fail()
    assert not seen[0].exists()


def test_items() -> None:
    assert items_by_index(Numbers(3)) == [0, 10, 20]
    assert items_by_iteration(Numbers(3), 9) == [0, 10, 20]
    assert items_by_iteration(Numbers(3, ends=False), 5) == [0, 10, 20, 30, 40]


def test_epochs_in_this_process() -> None:
    before = torch.get_rng_state()
    assert epochs(Numbers(3), 0, passes=2) == [[0, 10, 20], [0, 10, 20]]
    assert epochs(Stream(), 0) == [["a", "b"]]
    assert torch.equal(torch.get_rng_state(), before)


def test_workers_are_other_processes() -> None:
    (pids,) = epochs(Whose(), 2)
    assert len(set(pids)) == 2
    assert os.getpid() not in pids
    # What every worker yields comes once for each: nothing here shares the items out.
    assert sorted(epochs(Stream(), 3)[0]) == ["a", "a", "a", "b", "b", "b"]


def test_too_many_workers_are_the_authors_error() -> None:
    with pytest.raises(AuthorError) as caught:
        epochs(Numbers(1), 4)
    assert caught.value.message == "epochs: 4 workers"


def test_arrays_become_tensors_of_their_dtype() -> None:
    item = as_tensors((np.arange(3, dtype=np.uint8)[::-1], {"x": np.float32(0.5), "y": [np.int64(1), 2.5, "z"]}))
    row, named = item
    assert row.dtype == torch.uint8
    assert row.tolist() == [2, 1, 0]
    assert (named["x"].dtype, named["x"].shape) == (torch.float32, ())
    assert named["y"][0].dtype == torch.int64
    assert named["y"][1:] == [2.5, "z"]


def test_what_has_no_dtype_stays() -> None:
    words = np.array(["a", "b"])
    assert as_tensors(words) is words
    tensor = torch.ones(2)
    assert as_tensors(tensor) is tensor
