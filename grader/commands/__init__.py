"""The command line and its verbs, a file each: a verb reads arguments, calls one function below, prints.

May import every other package.
"""
