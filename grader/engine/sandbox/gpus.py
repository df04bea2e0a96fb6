"""Whether this machine has a GPU, without asking CUDA: a process that has asked it cannot be forked any more."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_FILES = ("nvidia[0-9]*", "dxg")
"""Below /dev: of NVIDIA's driver, and of Windows' for its Linux."""


def has_cuda(folder: Path = Path("/dev")) -> bool:
    """Say whether there is a GPU for CUDA that we may see."""
    if os.environ.get("CUDA_VISIBLE_DEVICES", "0").strip() in ("", "-1"):
        return False
    return sys.platform == "linux" and any(found for name in _FILES for found in folder.glob(name))
