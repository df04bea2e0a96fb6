"""Heavy libraries are imported without what nothing here uses, and work."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from grader.course.fast_nbformat import skip_iri_grammars

skip_iri_grammars()
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

nbformat.validate(new_notebook(cells=[new_code_cell("1")]))
try:
    nbformat.validate(new_notebook(cells=[{"cell_type": "prose"}]))
except nbformat.ValidationError:
    print("validates", "rfc3987_syntax" in sys.modules)
"""


def test_notebooks_are_validated_without_the_grammars() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", SCRIPT], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "validates False\n"), done.stderr
