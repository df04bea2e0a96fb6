"""The preprocessors that a released `nbgrader_config.py` names."""

from grader.integrations.nbgrader.preprocess import ExecuteTestCells, KeepStubs, MendCells

__all__ = ["ExecuteTestCells", "KeepStubs", "MendCells"]
