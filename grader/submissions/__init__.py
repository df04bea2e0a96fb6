"""Finds, chooses and reads what was handed in.

May import `course` and what stands below it.
"""
