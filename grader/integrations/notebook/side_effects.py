"""A check in somebody's live notebook: nothing of it is seen but what it tells."""

from __future__ import annotations

import contextlib
import io
import random
import sys
import warnings
from collections.abc import Iterator


@contextlib.contextmanager
def without_side_effects() -> Iterator[None]:
    """Show no warning and nothing on stderr, and leave the generators of random numbers as they were.

    What a first check imports draws from `random` itself.

    >>> random.seed(3)
    >>> with without_side_effects():
    ...     _ = random.random()
    >>> random.random() == random.Random(3).random()
    True
    """
    kept = random.getstate()
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    drawn = numpy.random.get_state() if numpy is not None else None
    state = torch.get_rng_state() if torch is not None else None
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(kept)
        if numpy is not None:
            numpy.random.set_state(drawn)
        if torch is not None:
            torch.set_rng_state(state)
