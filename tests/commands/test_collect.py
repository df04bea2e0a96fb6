import json

import pytest

from grader.commands import cli
from tests.submissions.collect.packing import ANSWER, pack

COURSE = """format = 1
id = "c"
title = "C"
[[assignments]]
name = "einsum"
points = 1
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "course.toml").write_text(COURSE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def test_the_table_names_students_and_what_was_refused(here, capsys):
    pack(here / "in/ada.zip", {"einsum.py": ANSWER, "../x.py": b"!", "\x1b[31m.py": b"!"})
    (here / "in/eve.zip").write_bytes(b"junk")
    assert cli.run(["collect", "in", "einsum", "--timezone", "UTC"]) == 0
    told = capsys.readouterr().out
    assert "2030-02-03 09:08:06" in told
    assert "refused  ada: ../x.py: a path that leaves its folder" in told
    assert "refused  eve: not a zip file that can be read" in told
    assert "1 put into submitted, 1 refused" in told
    assert "\x1b[31m" not in told
    assert (here / "submitted/ada/einsum/einsum.py").read_bytes() == ANSWER


def test_a_dry_run_with_json(here, capsys):
    pack(here / "in/ada.zip", {"einsum.py": ANSWER})
    assert cli.run(["collect", "in", "einsum", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["student"] == "ada"
    assert not (here / "submitted").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere", "einsum"], "There is no nowhere."),
        (["in", "einsum", "--from", "zip"], "Did you mean 'zips'?"),
        (["in", "einsun"], "Did you mean 'einsum'?"),
        (["in"], "in is empty"),
        (["in", "einsum", "--roster", "r.csv"], "There is no roster r.csv."),
        (["in", "einsum", "--timezone", "Mars"], "no time zone 'Mars'"),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(here, capsys, arguments, told):
    (here / "in").mkdir()
    assert cli.run(["collect", *arguments]) == 2
    assert told in capsys.readouterr().err
