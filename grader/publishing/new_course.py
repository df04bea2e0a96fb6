"""A course in an empty folder: its settings, each with what it means, and a first assignment that works."""

from __future__ import annotations

import re
from pathlib import Path

from grader.course.settings import FILENAME, load_course
from grader.publishing.scaffold import check_word, quoted, write_assignment
from grader.records.errors import UsageError

FIRST = "first_steps"
"""The first assignment's name unless its author gives one."""

SETTINGS = """\
# The course. A line that begins with "# " and a key shows its default: take the "# " away to set another value.
format = 1              # of this file
id = "{id}"             # letters, digits and _; the examples that grading draws depend on it, and on the seed
title = "{title}"
# languages = ["en"]    # of the prose and the hints; the first is the one that hints and mistakes are written in
# language = "en"       # of messages where nobody asks for another; the machine's locale unless given
# devices = ["cpu"]     # where answers run: "cpu", "cuda"

[examples]              # how many are drawn of each probe
# public = 30           # frozen for the students' own checks
# graded = 100          # drawn from the term's secret seed

[limits]                # what one submission may use
# seconds_to_load = 10.0       # for what the file itself runs
# seconds_per_example = 2.0
# seconds_per_exercise = 20.0
# memory_mb = 1024             # beyond what torch takes itself
# gpu_memory_mb = 2048         # of a GPU, for tensors; as many are graded there at a time as fit
# output_kb = 4                # printed, for each example; the rest is dropped

[late]                  # what handing in late costs; `grader total` and nbgrader's gradebook take it off
# grace_minutes = 0
# percent_per_day = 0.0        # of the points earned, for each day begun
# max_percent = 100.0
# free_days = 0                # days that each student may be late in all

[grade]
# drop_lowest = 0              # assignments of each student that do not count
# counts = "last"              # of several attempts; "best": the one with most points after lateness

[release]
# url = "https://example.org/released.zip"   # the released folder, or its git repository; a notebook alone fetches it

[gradescope]
# visibility = "visible"       # when students see results: "hidden", "after_due_date", "after_published"
"""

ENTRY = """
[[assignments]]         # in the course's order; `grader new NAME` adds one
name = "{name}"         # its folders below assignments/ and solutions/, and its module
# title = "{title}"     # what students read; the name unless given
# points = 1            # `grader build` writes what the exercises add up to
# due = 2027-03-01T23:59:00+09:00   # with the offset from UTC; never late unless given
# minutes = 0           # how long a student should expect to need; 0 says nothing
# after = ["another"]   # the assignments that it builds on
# weight = 1.0          # in the grade of the course; its points unless given
"""

IGNORED = """\
# The seed of the term, what students get and hand in, and what the grader keeps.
/solutions/seed.txt
/students/
/submitted/
.grader/
__pycache__/
"""


def new_course(folder: Path, name: str, title: str) -> list[Path]:
    """Write a course with one assignment into an empty or new folder, and return what was written.

    Raises `UsageError` when the folder holds anything (but what begins with a dot), or the name cannot be a module's.
    """
    check_word(name)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder.")
    if folder.is_dir() and any(not one.name.startswith(".") for one in folder.iterdir()):
        raise UsageError(
            f"{folder} is not empty, and holds no {FILENAME}.",
            hint="A course begins in a folder of its own; `grader new NAME` adds an assignment to one.",
        )
    word = re.sub(r"\W+", "_", folder.resolve().name, flags=re.ASCII).strip("_").lower() or "course"
    own = f"course_{word}" if word[0].isdigit() else word
    title_of_course = own.replace("_", " ").capitalize()
    settings = folder / FILENAME
    folder.mkdir(parents=True, exist_ok=True)
    entry = ENTRY.format(name=name, title=quoted(title)).replace("# title", "title", 1)
    settings.write_text(SETTINGS.format(id=own, title=title_of_course) + entry, encoding="utf-8")
    ignored = folder / ".gitignore"
    written = [] if ignored.exists() else [ignored]
    for path in written:
        path.write_text(IGNORED, encoding="utf-8")
    return [settings, *written, *write_assignment(load_course(folder), name, title)]
