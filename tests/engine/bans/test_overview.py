"""The overview of the package names every module of it, and no constant that is gone."""

from __future__ import annotations

import re
from pathlib import Path

from grader.engine import bans

FOLDER = Path(bans.__file__).parent


def test_every_module_has_a_place_in_the_reading_order() -> None:
    overview = bans.__doc__ or ""
    order = overview[overview.index("Read in this order") :]
    modules = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert modules == {word for word in re.findall(r"`(\w+)`", order) if (FOLDER / f"{word}.py").is_file()}


def test_the_limits_that_it_names_exist() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("[!_]*.py"))
    for name in re.findall(r"`(_?[A-Z]+_[A-Z]+)`", bans.__doc__ or ""):
        assert re.search(rf"^{name} = ", text, re.MULTILINE), name
