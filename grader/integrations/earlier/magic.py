"""`from grader.magic import check_cell`, as the test cells of released notebooks have it."""

from grader.integrations.notebook.check_cell import check_cell

__all__ = ["check_cell"]
