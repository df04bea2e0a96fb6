"""`grader.vocabulary.state`, as the `checks.py` of earlier courses imports it."""

from grader.authoring.vocabulary.state import fill, registered, save_and_load, snapshot

__all__ = ["fill", "registered", "save_and_load", "snapshot"]
