"""Values and examples as code to paste, values in short, and hostile text made harmless. Torch-free.

The names are imported when they are used: `clean` is wanted by the command line at once, numpy is not.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.records.text.short import show
    from grader.records.text.writing import code, example_code

__all__ = ["code", "example_code", "show"]

_HOMES = {
    "code": "grader.records.text.writing",
    "example_code": "grader.records.text.writing",
    "show": "grader.records.text.short",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
