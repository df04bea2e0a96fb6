"""Names under which a file is known as an answer: copies that browsers and notebooks make, other cases of letters."""

from __future__ import annotations

import re
import unicodedata

SUFFIXES = (".py", ".ipynb")

_COPY = re.compile(
    r"(?:-\d+|\s*\(\d+\)|_\d+|[-_ ]*copy(?:[-_ ]*\d+)?(?:\s*\(\d+\))?|[-_ ]*kopie|의[ _]사본)$", re.IGNORECASE
)
_COPY_OF = re.compile(r"^(?:copy of|kopie von|copie de|copia de|사본[ _-])\s*", re.IGNORECASE)


def without_copy_number(stem: str) -> str:
    """Drop what browsers, Jupyter, Colab and platforms put around a second copy's name.

    >>> [without_copy_number(stem) for stem in ("einsum-2", "einsum (1)", "einsum-Copy1", "Copy of einsum", "einsum")]
    ['einsum', 'einsum', 'einsum', 'einsum', 'einsum']
    """
    plain = unicodedata.normalize("NFC", stem).removesuffix(".ipynb")
    for _ in range(4):
        shorter = _COPY_OF.sub("", _COPY.sub("", plain)).strip()
        if shorter in ("", plain):
            break
        plain = shorter
    return plain


def is_answer_file(name: str) -> bool:
    """Say whether a name is that of a module or a notebook.

    >>> is_answer_file("EINSUM.IPYNB"), is_answer_file("report.pdf")
    (True, False)
    """
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def is_named_like(name: str, assignment: str) -> bool:
    """Say whether a module's or notebook's name is an assignment's: as such, as a copy, or beside other words.

    >>> [is_named_like(name, "einsum") for name in ("EINSUM (1).IPYNB", "ada_einsum.py", "einsums.py", "einsum.txt")]
    [True, True, False, False]
    """
    if not is_answer_file(name):
        return False
    stem, wanted = without_copy_number(name.rpartition(".")[0]).casefold(), assignment.casefold()
    return stem == wanted or bool(re.search(rf"(?<![^\W_]){re.escape(wanted)}(?![^\W_])", stem))


def is_copy(name: str, assignment: str) -> bool:
    """Say whether a module's or notebook's name is an assignment's but for the case and the number of a copy.

    >>> [is_copy(name, "einsum") for name in ("EINSUM (1).IPYNB", "ada_einsum.py")]
    [True, False]
    """
    stem = without_copy_number(name.rpartition(".")[0])
    return is_answer_file(name) and stem.casefold() == assignment.casefold()
