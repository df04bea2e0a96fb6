"""Runs hostile code: locked-down processes, forked from a warm one. The judge's side never imports torch."""

from grader.sandbox.exits import Exit
from grader.sandbox.limits import Limits, Profile
from grader.sandbox.report import Level, SandboxReport
from grader.sandbox.zygote import RunnerProcess, Zygote

__all__ = ["Exit", "Level", "Limits", "Profile", "RunnerProcess", "SandboxReport", "Zygote"]
