"""Folders that cannot be written to are told of before any work is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.records.errors import UsageError
from grader.records.folders import require_writable


def test_a_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    require_writable(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_what_cannot_be_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(UsageError, match=r"cannot write into .*file.inside: Not a directory") as told:
        require_writable(tmp_path / "file" / "inside")
    assert told.value.hint is not None
    assert (tmp_path / "file").read_text() == "kept"
