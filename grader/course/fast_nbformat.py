"""Imports heavy libraries without the parts of theirs that nothing here uses."""

from __future__ import annotations

import importlib
import sys

_GRAMMARS = "rfc3987_syntax"


def skip_iri_grammars() -> None:
    """Import jsonschema without its check of IRIs, whose grammars take a second to compile at every start.

    The schema of notebooks holds no IRI. Does nothing where jsonschema, or the package with the grammars, is there
    already.

    >>> skip_iri_grammars()
    """
    if "jsonschema" in sys.modules or _GRAMMARS in sys.modules:
        return
    sys.modules[_GRAMMARS] = None  # type: ignore[assignment]  # what the language has for "cannot be imported"
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules[_GRAMMARS]
