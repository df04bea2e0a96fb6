"""The first cell of a released notebook: it loads the extension, and installs it where it is missing, as in Colab."""

from __future__ import annotations

import re

from grader.records.text.saying import say

DISTRIBUTION = "torch-grader"
"""What pip installs."""

_BEFORE = "try:\n    import grader\nexcept ImportError:\n"
_INSTALL = f"install -q {DISTRIBUTION}"
_AFTER = "\n    import grader"

LOAD = f"{_BEFORE}    %pip {_INSTALL}{_AFTER}\n%reload_ext grader"
"""Loads the extension; unlike `%load_ext` it says nothing when it is run again. It is Python without its magics too."""

_INSTALLING = re.compile(
    rf"^{re.escape(_BEFORE)}"
    rf"[ #]*(?:%pip {re.escape(_INSTALL)}|get_ipython\(\)\.run_line_magic\('pip', '{re.escape(_INSTALL)}'\))"
    rf"{re.escape(_AFTER)}[ \t]*$",
    re.MULTILINE,
)
"""All but the last line of it, also as tools write it into a script."""


def setup_source(url: str = "") -> str:
    """Return the first cell, with its comment in the language in force."""
    return "\n".join([setup_comment(), LOAD, *([f"%course {url}"] if url else [])])


def setup_comment() -> str:
    """Return the comment of the first cell in the language in force."""
    return "# " + say("Run this cell first: it makes the checks of this notebook ready.")


def without_installation(source: str) -> str:
    """Return code without the lines that install the grader, with as many lines: no answer imports it.

    Without them, no cell of such a notebook needs IPython to be read.

    >>> without_installation(LOAD + "\\nx = 1").split("\\n")
    ['pass', '', '', '', '', '%reload_ext grader', 'x = 1']
    """
    return _INSTALLING.sub(lambda found: "pass" + "\n" * found[0].count("\n"), source)
