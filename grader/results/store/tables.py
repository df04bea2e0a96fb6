"""What a results store holds: a verdict for each key, the runs, and who had which result since when."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

FORMAT = 2
"""Of the tables below; a change of them raises it and adds a step to `migrating.py`."""

metadata = MetaData()

about = Table(
    "grader_store",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(200), nullable=False),
)
"""The format of the store."""

results = Table(
    "grader_results",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("verdict", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("level", String(16), nullable=False),
    Column("sandbox", LargeBinary, nullable=False),
    Column("seconds", Float, nullable=False),
)
"""A verdict by its key; `digest` is that of the row, `sandbox` how it was locked down, `seconds` the wall time of the
submission that it was made with."""

runs = Table(
    "grader_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("course", String(200), nullable=False),
    Column("who", String(200), nullable=False),
    Column("started", String(32), nullable=False),
    Column("how", Text, nullable=False),
    Column("versions", Text, nullable=False),
)
"""Who graded when, with which command and versions."""

gradings = Table(
    "grader_gradings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("grader_runs.id"), nullable=False),
    Column("course", String(200), nullable=False),
    Column("student", String(400), nullable=False),
    Column("assignment", String(200), nullable=False),
    Column("exercise", String(200), nullable=False),
    Column("key", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("points", Float),
    Column("max_points", Float, nullable=False),
    Column("attempt", String(40), nullable=False, server_default=""),
    Index("grader_gradings_of", "course", "student", "assignment"),
)
"""Each time somebody's result of an exercise became another one; the last counts. `attempt` is when an earlier attempt
was handed in, "" for the last one."""
