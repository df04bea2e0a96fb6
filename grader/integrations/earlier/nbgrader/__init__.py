"""`grader.nbgrader`, as the `nbgrader_config.py` of released courses names it."""
