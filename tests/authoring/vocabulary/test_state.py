from __future__ import annotations

import pytest
import torch
from torch import nn

from grader.authoring.vocabulary.state import fill, registered, save_and_load, snapshot
from grader.records.errors import AuthorError


class Holder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.ones(2))
        self.again = self.w
        self.register_buffer("kept", torch.zeros(2))
        self.register_buffer("table", torch.zeros(3), persistent=False)
        self.register_buffer("nothing", None)
        self.plain = torch.zeros(4)
        self.below = nn.BatchNorm1d(1, affine=False)


def test_registered_tells_kind_and_persistence_of_everything_below() -> None:
    found = registered(Holder())
    assert {name: (entry["kind"], entry["saved"]) for name, entry in found.items()} == {
        "w": ("parameter", True),
        "kept": ("buffer", True),
        "table": ("buffer", False),
        "below.running_mean": ("buffer", True),
        "below.running_var": ("buffer", True),
        "below.num_batches_tracked": ("buffer", True),
    }


def test_registered_values_show_a_graph_and_are_not_reached_by_later_changes() -> None:
    module = Holder()
    module.kept = module.w * 2
    found = registered(module)
    fill(module, w=5)
    assert found["kept"]["value"].requires_grad
    assert not found["table"]["value"].requires_grad
    assert found["w"]["value"].tolist() == [1, 1]


def test_a_snapshot_stays_and_holds_the_state_dict() -> None:
    module = Holder()
    before = snapshot(module)
    fill(module, kept=3)
    assert before["kept"].tolist() == [0, 0]
    assert "table" not in before


def test_fill_takes_numbers_and_other_shapes_and_keeps_the_tensor() -> None:
    module = Holder()
    held = module.w
    fill(module, w=torch.tensor([[2.0], [3.0]], dtype=torch.float64), kept=torch.tensor(4.0), table=1)
    assert module.w is held
    assert module.w.dtype == torch.float32
    assert (module.w.tolist(), module.kept.tolist(), module.table.tolist()) == ([2, 3], [4, 4], [1, 1, 1])


def test_fill_leaves_a_missing_name_to_the_submission() -> None:
    with pytest.raises(AttributeError, match="gone"):
        fill(Holder(), gone=1)


def test_save_and_load_takes_what_is_saved_along_and_nothing_else() -> None:
    module = Holder()
    fill(module, kept=1, table=2)
    loaded = save_and_load(module, Holder())
    assert loaded.kept.tolist() == [1, 1]
    assert loaded.table.tolist() == [0, 0, 0]
    fill(module, kept=9)
    assert loaded.kept.tolist() == [1, 1]


def test_save_and_load_is_strict() -> None:
    with pytest.raises(RuntimeError, match="Missing key"):
        save_and_load(nn.Module(), nn.Linear(1, 1))


def test_save_and_load_refuses_one_module_for_both() -> None:
    module = nn.Linear(1, 1)
    with pytest.raises(AuthorError, match="source and target are one module"):
        save_and_load(module, module)
