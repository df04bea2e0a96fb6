"""What probes use inside the runner: modules built from plain data, files written into the scratch directory.

Torch and PIL are imported when something is built, not before.
"""

from grader.vocabulary.build import build
from grader.vocabulary.files import write_csv, write_images

__all__ = ["build", "write_csv", "write_images"]
