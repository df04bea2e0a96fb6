"""A program: gives up root, keeps this Python reachable, then becomes the command that it is given."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from tests.engine.sandbox.ordinary import become_ordinary

    become_ordinary(Path(__file__).resolve().parents[3])
    os.execv(sys.argv[1], sys.argv[1:])
