"""The late penalty that a released `nbgrader_config.py` names."""

from grader.integrations.nbgrader.late import CourseLatePenalty

__all__ = ["CourseLatePenalty"]
