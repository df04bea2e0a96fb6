"""nbgrader's plugin for the late policy of course.toml."""

from __future__ import annotations

from nbgrader.plugins import BasePlugin
from traitlets import Float

from grader.records.late import days_late, percent_lost


class CourseLatePenalty(BasePlugin):  # type: ignore[misc]  # nbgrader publishes no types
    """Takes a share of the score for each day begun after a time of grace."""

    grace_minutes = Float(0.0, help="Minutes after the due date that cost nothing.").tag(config=True)
    percent_per_day = Float(0.0, help="Percent of the score lost for each day begun.").tag(config=True)
    max_percent = Float(100.0, help="Percent of the score lost at most.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """Return the points that a submission loses, None when it loses none; called by nbgrader and by us.

        >>> CourseLatePenalty(grace_minutes=10, percent_per_day=10, max_percent=50).late_submission_penalty("a", 8, 700)
        0.8
        """
        days = days_late(total_seconds_late, self.grace_minutes)
        percent = percent_lost(days, self.percent_per_day, self.max_percent)
        return round(score * percent / 100, 6) if percent > 0 else None
