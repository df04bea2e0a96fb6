"""The engine's own `prepare`, once the simulated device can fail."""

from faulty import failing
from grader.engine.runner.prepare import prepare

failing.install()
__all__ = ["prepare"]
