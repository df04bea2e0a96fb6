"""How warm a zygote must be: what loads code when it is first used, loaded before any answer is timed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

_LOADS_LATE = re.compile(r"\boptim\b|\bautograd\b|\bbackward\b|\bDataLoader\b|\bgrader\.vocabulary\b")
"""What a checks.py speaks of whose first use loads code of torch's: seconds that no answer should be charged for."""


def warmth(checks: Iterable[Path]) -> Literal["light", "full"]:
    """Say how warm the zygote must be for these checks: functions of tensors need torch alone, which starts sooner."""
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in checks if path.is_file())
    return "full" if any(_LOADS_LATE.search(text) for text in texts) else "light"
