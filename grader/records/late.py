"""What handing in late costs: the one place where that is computed."""

from __future__ import annotations

import math

DAY = 86_400


def days_late(seconds: float, grace_minutes: float) -> int:
    """Return the days begun after the grace period; 0 for what is in time.

    >>> days_late(600, 10), days_late(601, 10), days_late(86_401 + 600, 10), days_late(-5, 0)
    (0, 1, 2, 0)
    """
    late = seconds - 60 * grace_minutes
    return math.ceil(late / DAY) if late > 0 else 0


def percent_lost(days: int, percent_per_day: float, max_percent: float) -> float:
    """Return the share, in percent, of the points earned that so many days cost.

    >>> percent_lost(2, 10, 50), percent_lost(9, 10, 50), percent_lost(0, 10, 50)
    (20, 50, 0)
    """
    return min(percent_per_day * days, max_percent)
