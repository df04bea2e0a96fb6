"""Auto-graded exercises for PyTorch courses.

Importing this package imports neither torch nor Hypothesis: authors' files
(`checks.py`, `mistakes.py`) import from `grader.authoring`, everything else is
behind the command `grader`.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

__version__ = "0.1.0"

_MAGICS = "grader.integrations.notebook.magics"
"""By its name: runners import this package too, and nothing of the judge."""

# Released notebooks, nbgrader settings and checks name modules by the places where they once were.
__path__.append(str(Path(__file__).parent / "integrations" / "earlier"))


def load_ipython_extension(shell: Any) -> None:
    """Give a notebook `%%exercise` and `check`: what `%load_ext grader` calls."""
    import_module(_MAGICS).load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """Take them away again: what `%unload_ext grader` calls."""
    import_module(_MAGICS).unload(shell)
