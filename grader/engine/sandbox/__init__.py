"""Runs hostile code: locked-down processes, forked from a warm one. The judge's side never imports torch."""

from grader.engine.sandbox.exits import Exit
from grader.engine.sandbox.limits import Limits, Profile
from grader.engine.sandbox.report import Level, SandboxReport
from grader.engine.sandbox.zygote import RunnerProcess, Zygote

__all__ = ["Exit", "Level", "Limits", "Profile", "RunnerProcess", "SandboxReport", "Zygote"]
