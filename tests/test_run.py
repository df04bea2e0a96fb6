"""Deadlines stretch on a busy machine, within bounds."""

from __future__ import annotations

import os

import pytest

from grader.run import patience


@pytest.mark.parametrize(("load", "expected"), [(0.0, 1.0), (2.0, 1.0), (6.0, 3.0), (90.0, 4.0)])
def test_deadlines_stretch_by_the_load_of_a_core(monkeypatch: pytest.MonkeyPatch, load: float, expected: float) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert patience() == expected


def test_a_host_without_a_load_average_keeps_the_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "getloadavg")
    assert patience() == 1.0
