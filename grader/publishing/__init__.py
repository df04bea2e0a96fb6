"""What authors do before a class sees a course: begin, build, prove, release.

May import `judging` and what stands below it.
"""
