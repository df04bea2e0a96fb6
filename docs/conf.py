"""The documentation's settings: MyST pages, and a reference made from docstrings. `make docs` builds it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from grader import __version__

project = "grader"
author = copyright = "the grader authors"
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinxcontrib.mermaid"]
html_theme = "furo"
html_title = f"grader {__version__}"
html_show_sphinx = False
exclude_patterns = ["_build"]
default_role = "code"  # docstrings set names between single backticks

myst_enable_extensions = ["colon_fence", "deflist"]
myst_fence_as_directive = ["mermaid"]  # the same source is drawn where the repository is read
myst_heading_anchors = 3

autodoc_member_order = "groupwise"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
nitpick_ignore_regex = [
    ("py:.*", r".*")
]  # types in signatures are named, not linked: most live in modules without a page
