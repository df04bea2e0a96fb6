"""`from grader.strategies import sample`, as authors know it from earlier versions."""

from grader.authoring.strategies import *  # noqa: F403 - all that it offers, under its earlier name
from grader.authoring.strategies import sample as sample
