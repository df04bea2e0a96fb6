"""The snapshot helper can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import snapshot


def test_a_difference_and_a_missing_file_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "FOLDER", tmp_path)
    monkeypatch.delenv("GRADER_UPDATE_SNAPSHOTS", raising=False)
    (tmp_path / "a.txt").write_text("one\ntwo\n")
    snapshot.check("a.txt", "one\ntwo\n")
    with pytest.raises(AssertionError, match=r"-two\n\+three"):
        snapshot.check("a.txt", "one\nthree\n")
    with pytest.raises(AssertionError, match=r"none\.txt differs"):
        snapshot.check("none.txt", "text")


def test_snapshots_are_written_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "FOLDER", tmp_path)
    monkeypatch.setenv("GRADER_UPDATE_SNAPSHOTS", "1")
    snapshot.check("a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "new"
