"""`grader.vocabulary.files`, as the `checks.py` of earlier courses imports it."""

from grader.authoring.vocabulary.files import write_csv, write_images

__all__ = ["write_csv", "write_images"]
