"""A course on disk: `course.toml`, an assignment's files, the annotated source.

May import `authoring`, `results` and `records`.
"""
