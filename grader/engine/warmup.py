"""How warm a zygote must be: what loads code when it is first used, loaded before any answer is timed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from grader.authoring import vocabulary
from grader.engine.sandbox.messages import WarmupLevel

_LOADS_LATE = re.compile(r"\b(?:optim|autograd|backward|DataLoader|grader\.vocabulary|grader\.authoring\.vocabulary)\b")
"""What a checks.py speaks of whose first use loads code of torch's: seconds that no answer should be charged for."""

_IMPORTED = re.compile(r"^\s*from grader\.authoring import (\([^)]*\)|.*)$", re.MULTILINE)


_ASKS_COMPILER = re.compile(
    r"\b(?:optim|train_step|vmap|functorch|jacrev|jacfwd|torch\.func|import func|torch\.compiler|utils\.checkpoint"
    r"|_dynamo)\b"
)
"""Words of what asks torch's compiler whenever it is called, steps of optimizers above all: the compiler takes as long
to load as all the rest of torch."""


def warmup_level(checks: Iterable[Path]) -> WarmupLevel:
    """Say how warm the zygote must be for these checks: functions of tensors need torch alone, which starts sooner."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in checks if path.is_file()]
    if asks_compiler(texts):
        return "compiler"
    return "full" if any(_loads_late(text) for text in texts) else "minimal"


def asks_compiler(texts: Iterable[str]) -> bool:
    """Say whether code asks torch's compiler where it is called, which loads it.

    >>> asks_compiler(["torch.optim.SGD(model.parameters(), lr=0.1)"]), asks_compiler(["torch.ones(2)"])
    (True, False)
    """
    return any(_ASKS_COMPILER.search(text) for text in texts)


def _loads_late(text: str) -> bool:
    imported = {name for names in _IMPORTED.findall(text) for name in re.findall(r"\w+", names)}
    return _LOADS_LATE.search(text) is not None or not imported.isdisjoint(vocabulary.__all__)
