"""From examples to a verdict: replays, compares, shrinks, explains, decides.

May import `engine`, `submissions` and what stands below them.
"""
