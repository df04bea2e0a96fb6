"""Which word was meant."""

from __future__ import annotations

import pytest

from grader.records.text.nearest import did_you_mean, nearest

IDS = ["einsum.trace", "einsum.total", "loaders.pad_collate"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("einsum.trase", "einsum.trace"),
        ("EINSUM.TRACE", "einsum.trace"),
        ("trace", "einsum.trace"),
        ("pad-collate", "loaders.pad_collate"),
        ("quaternion", None),
        ("", None),
    ],
)
def test_nearest(word: str, expected: str | None) -> None:
    assert nearest(word, IDS) == expected


def test_what_is_said() -> None:
    assert did_you_mean("einsum.trase", IDS) == "Did you mean 'einsum.trace'?"
    assert did_you_mean("quaternion", IDS) == "Known: einsum.trace, einsum.total, loaders.pad_collate."
    assert did_you_mean("anything", []) == "There is none."
