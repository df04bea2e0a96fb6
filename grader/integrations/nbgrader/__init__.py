"""nbgrader courses: released from ours, graded by our engine, and still nbgrader's own to work with."""
