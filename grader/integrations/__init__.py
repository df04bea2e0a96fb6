"""What other systems see of the grader: nbgrader, notebooks.

May import `publishing` and what stands below it.
"""
