"""Auto-graded exercises for PyTorch courses.

Importing this package imports neither torch nor Hypothesis: authors' files
(`checks.py`, `mistakes.py`) import from `grader.authoring`, everything else is
behind the command `grader`.
"""

__version__ = "0.1.0"
