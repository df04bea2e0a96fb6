"""A DataLoader with workers under the lock-down, in the profile that allows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[..., str]

PREAMBLE = """
import torch
from torch.utils.data import DataLoader, Dataset, IterableDataset, get_worker_info
class Numbers(Dataset):
    def __len__(self): return 10
    def __getitem__(self, i): return torch.full((3,), float(i)), i
class Shards(IterableDataset):
    def __iter__(self):
        info = get_worker_info()
        yield from range(info.id, 9, info.num_workers)
"""


@pytest.mark.parametrize("workers", [0, 1, 2, 3])
def test_a_loader_with_workers_gives_every_item_in_order(run: Run, workers: int) -> None:
    code = (
        f"result = [i for _, ids in DataLoader(Numbers(), batch_size=3, num_workers={workers}) for i in ids.tolist()]"
    )
    assert run(PREAMBLE + code, "workers") == str(list(range(10)))


def test_workers_of_an_iterable_dataset_share_the_work(run: Run) -> None:
    code = "result = sorted(i for ids in DataLoader(Shards(), batch_size=2, num_workers=3) for i in ids.tolist())"
    assert run(PREAMBLE + code, "workers") == str(list(range(9)))


def test_a_loader_can_be_abandoned_and_used_again(run: Run) -> None:
    code = """
for _ in range(3):
    iterator = iter(DataLoader(Numbers(), num_workers=2, persistent_workers=True))
    next(iterator)
    del iterator
loader = DataLoader(Numbers(), num_workers=2, persistent_workers=True, multiprocessing_context='fork')
result = [len(list(loader)) for _ in range(2)]
"""
    assert run(PREAMBLE + code, "workers") == "[10, 10]"


def test_an_error_in_a_worker_arrives(run: Run) -> None:
    code = """
class Broken(Numbers):
    def __getitem__(self, i): raise ValueError('item %d' % i)
list(DataLoader(Broken(), num_workers=1))
"""
    answer = run(PREAMBLE + code, "workers")
    assert answer.startswith("ValueError: Caught ValueError in DataLoader worker process 0")


def test_a_worker_that_dies_is_noticed(run: Run) -> None:
    code = """
import os
class Dying(Numbers):
    def __getitem__(self, i): os._exit(3)
list(DataLoader(Dying(), num_workers=1))
"""
    assert "exited unexpectedly" in run(PREAMBLE + code, "workers")


def test_workers_are_refused_in_the_plain_profile(run: Run) -> None:
    answer = run(PREAMBLE + "list(DataLoader(Numbers(), num_workers=1))")
    assert answer.startswith(("PermissionError", "OSError"))
