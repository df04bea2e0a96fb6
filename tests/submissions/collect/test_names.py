import pytest

from grader.submissions.collect.names import safe_path, safe_student
from grader.submissions.collect.platforms import platform_name
from grader.submissions.collect.records import Refusal
from grader.submissions.naming import without_copy_number


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("ada", "ada"),
        ("김철수", "김철수"),
        ("O'Brien, Pat", "O_Brien_Pat"),
        ("a@b.org", "a@b.org"),
        ("..", None),
        ("", None),
        ("///", None),
        ("CON", None),
        ("a/../../b", "a_.._.._b"),
        ("*?[x]", "x"),
    ],
)
def test_a_student_becomes_one_plain_folder_name(raw, safe):
    if safe is None:
        with pytest.raises(Refusal, match="cannot name a student's folder"):
            safe_student(raw)
    else:
        assert safe_student(raw) == safe


def test_a_long_name_is_cut_to_what_file_systems_take():
    assert len(safe_student("é" * 500).encode()) <= 100


@pytest.mark.parametrize(
    "raw",
    ["../x.py", "a/../../x.py", "/etc/passwd", "C:\\x.py", "..\\..\\x.py", "a\x00b.py", "a:b.py", "NUL.py", "x. "],
)
def test_paths_that_reach_elsewhere_are_refused(raw):
    with pytest.raises(Refusal):
        safe_path(raw)


@pytest.mark.parametrize("raw", ["__MACOSX/x.py", ".git/config", "a/__pycache__/b.pyc", ".DS_Store", "", "./"])
def test_what_nobody_hands_in_is_passed_over(raw):
    assert safe_path(raw) is None


def test_plain_paths_are_kept():
    assert safe_path("./a//b\\c.py").as_posix() == "a/b/c.py"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Jane Doe_4711_assignsubmission_file_einsum.ipynb", ("Jane Doe", "4711", "einsum.ipynb")),
        ("Jane Doe_4711_assignsubmission_file_", ("Jane Doe", "4711", "")),
        ("doejane_4711_98765_einsum-1.py", ("doejane", "4711", "einsum-1.py")),
        ("doejane_LATE_4711_98765_my_answer.zip", ("doejane", "4711", "my_answer.zip")),
        ("einsum.ipynb", None),
        ("homework_1.py", None),
    ],
)
def test_names_of_moodle_and_canvas_are_read(name, told):
    found = platform_name(name)
    assert (found and found[:3]) == told


@pytest.mark.parametrize(("stem", "plain"), [("a-2", "a"), ("a (3)", "a"), ("a copy", "a"), ("a_1", "a"), ("a", "a")])
def test_a_copy_number_is_dropped(stem, plain):
    assert without_copy_number(stem) == plain
