"""Whether this machine has a GPU, without asking CUDA: a process that has asked it cannot be forked any more."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

_FILES = ("nvidia[0-9]*", "dxg")
"""Below /dev: of NVIDIA's driver, and of Windows' for its Linux."""
_BESIDE = ("nvidiactl", "nvidia-uvm", "nvidia-caps/nvidia-cap[0-9]*")
"""What else the driver opens: for all GPUs together, for memory, and for parts of one."""
_LIBRARIES = re.compile(r"/lib(?:cuda|nvidia)[^/]*\.so[^/]*$")


def has_cuda(folder: Path = Path("/dev")) -> bool:
    """Say whether there is a GPU for CUDA that we may see."""
    if os.environ.get("CUDA_VISIBLE_DEVICES", "0").strip() in ("", "-1"):
        return False
    return sys.platform == "linux" and any(found for name in _FILES for found in folder.glob(name))


def device_files(folder: Path = Path("/dev")) -> tuple[str, ...]:
    """Return the files through which a process speaks with the GPUs."""
    return tuple(sorted(str(found) for name in (*_FILES, *_BESIDE) for found in folder.glob(name)))


def driver_folders(maps: str) -> tuple[str, ...]:
    """Return the folders of the driver's libraries among what /proc/<pid>/maps lists: more of them are loaded later.

    >>> driver_folders("1-2 r-xp 0 0:0 1 /usr/local/nvidia/lib64/libcuda.so.580.1\\n3-4 rw-p 0 0:0 0 [heap]")
    ('/usr/local/nvidia/lib64',)
    """
    files = (line.split(maxsplit=5)[5] for line in maps.splitlines() if len(line.split(maxsplit=5)) == 6)
    return tuple(dict.fromkeys(os.path.dirname(file) for file in files if _LIBRARIES.search(file)))
