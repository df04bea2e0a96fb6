"""How what the grader cannot decide is put to an instructor."""

from __future__ import annotations

LOOK_AT_IT = "could not be decided: look at it"
