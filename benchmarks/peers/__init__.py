"""The same submissions given to nbgrader, Otter-Grader, a pytest process and this grader: who gives which points."""
