"""The engine's own `serve`."""

from grader.engine.runner.serve import serve

__all__ = ["serve"]
