"""Runs untrusted code in locked-down processes and tells what happened, without an opinion.

May import `course` and what stands below it.
"""
