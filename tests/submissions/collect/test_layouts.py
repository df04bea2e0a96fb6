"""Downloads of every platform as they are: whose is what, and never a class as one student."""

import io
import zipfile

import pytest

from grader.records.errors import UsageError
from grader.submissions.collect.gather import Plan, gather
from grader.submissions.collect.groups import Groups, read_groups, read_roster
from grader.submissions.collect.pattern import compile_layout
from grader.submissions.collect.place import choose
from grader.submissions.collect.records import Caps, Handed, Member, Refusal
from tests.submissions.collect.packing import ANSWER, pack

OTHER = ANSWER.replace(b"trace", b"total") + ANSWER


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def run(source, tmp_path, **options):
    return gather(Plan(source, tmp_path / "submitted", ("einsum",), **options))


def graded(rows):
    return {row.student for row in rows if row.status == "collected" and {"einsum.py", "einsum.ipynb"} & set(row.files)}


NB = zipped({"einsum/einsum.py": ANSWER, "__MACOSX/einsum/._einsum.py": b""})
METADATA = b"""submission_1:
  :submitters:
  - :name: Ada
    :sid: "7"
  :created_at: 2026-11-20 10:00:00.123 Z
submission_2:
  :submitters:
  - :name: Bob
    :email: bob@example.org
  - :name: Cho
    :sid: "9"
"""

DOWNLOADS = {
    "moodle_files": (["Ada L_1_assignsubmission_file_einsum.py", "Bob_2_assignsubmission_file_EINSUM (1).py"],
                     {"Ada_L_1", "Bob_2"}),
    "moodle_folders": (["Ada L_1_assignsubmission_file_/einsum.py", "Bob_2_assignsubmission_file/hw/einsum.py",
                        "Cho_3_assignsubmission_onlinetext_/onlinetext.html"], {"Ada_L_1", "Bob_2"}),
    "moodle_wrapped": (["all/Ada_1_assignsubmission_file_/einsum.py", "all/Bob_2_assignsubmission_file_/einsum.py"],
                       {"Ada_1", "Bob_2"}),
    "canvas": (["doejane_LATE_11_12_einsum-1.py", "kim_13_14_einsum.py", "lee_15_text.html"], {"doejane_11", "kim_13"}),
    "canvas_anonymous": (["anon_abc12_98_einsum.py", "anonymous_LATE_x9y_99_einsum.py"],
                         {"anon_abc12", "anonymous_x9y"}),
    "blackboard": (["HW 1_jdoe_attempt_2026-01-05-10-00-00_einsum.py", "HW 1_jdoe_attempt_2026-01-05-10-00-00.txt",
                    "HW 1_asmith_attempt_2026-01-05-10-00-00_einsum.py"], {"jdoe", "asmith"}),
    "brightspace": (["12-34 - Ada L - Nov 5, 2026 1000 PM/einsum.py", "13-34 - Bob - Nov 6, 2026 900 AM/einsum.py",
                     "index.html"], {"Ada_L_12-34", "Bob_13-34"}),
    "brightspace_flat": (["12-34 - Ada L - 5 November, 2026 22:00 - einsum.py", "13-34 - Bob - odd date - x/einsum.py"],
                         {"Ada_L_12-34", "Bob_13-34"}),
    "exchange": (["ada+einsum+2026-01-05 10:00:00 UTC+a3/einsum.py", "bob+einsum+2026-01-05 10:00:00 UTC/einsum.py",
                  "ada+einsum+2026-01-05 10:00:00 UTC+a3/timestamp.txt"], {"ada", "bob"}),
    "submitted": (["submitted/ada/einsum/einsum.py", "submitted/bob/einsum/einsum.py"], {"ada", "bob"}),
    "assignment_first": (["einsum/ada/einsum.py", "einsum/bob/einsum.py"], {"ada", "bob"}),
    "folders": (["ada/einsum.py", "bob/homework.py", "cho/report.pdf", "README.md", "grades.csv", ".DS_Store",
                 "__MACOSX/ada/._einsum.py"], {"ada", "bob"}),
    "wrapped_twice": (["a/b/ada/einsum.py", "a/b/bob/EINSUM.PY"], {"ada", "bob"}),
    "folders_of_zips": (["ada/hw.zip", "bob/hw.zip", "cho/report.pdf"], {"ada", "bob"}),
    "zips": (["ada.zip", "bob.zip", "README.txt"], {"ada", "bob"}),
    "release_beside": (["einsum.py", "ada/einsum.py", "bob/einsum.py"], {"ada", "bob"}),
    "numbers": (["20261234/einsum.py", "20265678/einsum.py"], {"20261234", "20265678"}),
    "sakai": (["Einsum/Lovelace, Ada(ada)/Submission attachment(s)/einsum.py",
               "Einsum/Kim, Bo(bo)/Submission attachment(s)/einsum.py", "Einsum/grades.csv"],
              {"Lovelace_Ada_ada", "Kim_Bo_bo"}),
}  # fmt: skip


@pytest.mark.parametrize("packed", ["zip", "zip_in_zip", "folder"])
def test_every_platform_tells_its_students(tmp_path, packed):
    for name, (paths, students) in DOWNLOADS.items():
        files = {path: NB if path.endswith(".zip") else ANSWER for path in paths}
        where = tmp_path / name
        source = pack(where / f"{name}.zip", files)
        if packed == "zip_in_zip":
            source = pack(where / "download.zip", {"submissions.zip": source.read_bytes(), ".DS_Store": b""})
        elif packed == "folder":
            with zipfile.ZipFile(source) as archive:
                archive.extractall(where / "unpacked")
            source = where / "unpacked"
        assert graded(run(source, where)) == students, name


def test_gradescope_tells_who_worked_together(tmp_path):
    files = {"assignment_5_export/submission_1/einsum.py": ANSWER,
             "assignment_5_export/submission_2/x/einsum.py": ANSWER,
             "assignment_5_export/submission_metadata.yml": METADATA}  # fmt: skip
    rows = run(pack(tmp_path / "g.zip", files), tmp_path)
    assert graded(rows) == {"Ada_7", "Bob_bob", "Cho_9"}
    assert rows[0].time == "2026-11-20 10:00:00.123000 UTC"
    files["assignment_5_export/submission_metadata.yml"] = b"- ["
    with pytest.raises(UsageError, match=r"submission_metadata\.yml cannot be read"):
        run(pack(tmp_path / "h.zip", files), tmp_path)


@pytest.mark.parametrize("encoding", ["cp949", "cp932", "gbk", "cp437", "utf-8"])
def test_names_in_the_encoding_of_a_country(tmp_path, encoding):
    names = {"cp949": ["김철수", "이영희"], "cp932": ["田中太郎", "さくら"], "gbk": ["王小明", "张伟"],
             "cp437": ["José", "Müller"], "utf-8": ["김철수", "José"]}[encoding]  # fmt: skip
    data = zipped({f"{'x' * len(name.encode(encoding))}{place}/einsum.py": ANSWER for place, name in enumerate(names)})
    for place, name in enumerate(names):
        raw = name.encode(encoding)
        data = data.replace(b"x" * len(raw) + str(place).encode(), raw + str(place).encode())
    (tmp_path / "a.zip").write_bytes(data)
    assert graded(run(tmp_path / "a.zip", tmp_path)) == {f"{name}{place}" for place, name in enumerate(names)}


@pytest.mark.parametrize(
    "names",
    [["ada.py", "bob.py"], ["einsum_ada.py", "einsum_bob.py"], ["Ada - einsum.py", "Bob - einsum.py"],
     ["x/ada_einsum.py", "x/bob_einsum.py"], ["hw1.zip", "hw2.zip"]],
)  # fmt: skip
def test_a_class_without_a_pattern_is_refused_with_what_to_say(tmp_path, names):
    source = pack(tmp_path / "class.zip", {name: NB if name.endswith(".zip") else ANSWER for name in names})
    with pytest.raises(UsageError, match="whose is what") as caught:
        run(source, tmp_path)
    assert names[0].rpartition("/")[2] in str(caught.value)
    assert "--layout" in (caught.value.hint or "")
    assert not (tmp_path / "submitted").exists()


@pytest.mark.parametrize(
    ("layout", "names"),
    [
        ("{assignment}_{student}.{any}", ["einsum_ada.py", "einsum_bob.py"]),
        ("{student}/{any}/{file}", ["ada/v1/einsum.py", "bob/v2/einsum.py"]),
        ("{id} {student} {file}", ["12 ada einsum.py", "13 bob einsum.py"]),
    ],
)
def test_a_layout_tells_the_students(tmp_path, layout, names):
    source = pack(tmp_path / "class.zip", dict.fromkeys([*names, "readme"], ANSWER))
    rows = run(source, tmp_path, layout=compile_layout(layout))
    assert graded(rows) == {"ada", "bob"}
    assert [row.refused for row in rows if row.status == "refused"] == [("does not fit the layout that was given",)]


@pytest.mark.parametrize("layout", ["{studnt}/{file}", "{file}", "{student"])
def test_a_layout_that_says_nothing_is_named(layout):
    with pytest.raises(UsageError, match="--layout"):
        compile_layout(layout)


def test_groups_get_one_submission_each_their_own(tmp_path):
    (tmp_path / "roster.csv").write_text("student,login,group\nada,a1,red\nbob,b1,red\ncho,c1,\n")
    roster, groups = read_roster(tmp_path / "roster.csv")
    assert groups == Groups({"red": ("ada", "bob")})
    source = pack(tmp_path / "class.zip", {"b1/einsum.py": ANSWER, "c1/einsum.py": ANSWER})
    assert graded(run(source, tmp_path, roster=roster, groups=groups)) == {"ada", "bob", "cho"}
    (tmp_path / "group.csv").write_text("group,student\nblue,dan\nblue,eve\n")
    source = pack(tmp_path / "two.zip", {"blue/einsum.py": ANSWER, "fay/einsum.py": ANSWER})
    groups = read_groups(tmp_path / "group.csv")
    assert graded(run(source, tmp_path, groups=groups)) == {"dan", "eve", "fay"}
    (tmp_path / "group.csv").write_text("group,student\nblue,dan\nred,dan\n")
    with pytest.raises(UsageError, match="'dan' is in the groups 'blue' and 'red'"):
        read_groups(tmp_path / "group.csv")


@pytest.mark.parametrize(("take", "taken"), [("last", "07"), ("last-on-time", "06"), ("best", "05")])
def test_which_submission_counts_can_be_said(tmp_path, take, taken):
    import datetime

    names = [f"hw_ada_attempt_2026-01-{day}-10-00-00_einsum.py" for day in ("05", "06", "07")]
    source = pack(tmp_path / "class.zip", dict(zip(names, (OTHER, ANSWER, b"x = ("), strict=True)))
    due = {"einsum": datetime.datetime(2026, 1, 6, 12, tzinfo=datetime.UTC)}
    rows = run(source, tmp_path, take=take, due=due)
    assert [row.status for row in rows] == ["collected", "superseded", "superseded"]
    assert rows[0].time.startswith(f"2026-01-{taken}")


def test_twenty_thousand_entries_are_refused_at_once():
    members = tuple(Member(f"{n}.txt", 1, lambda limit: b"") for n in range(20_001))
    with pytest.raises(Refusal, match="20001 files; at most 200 are taken"):
        choose(Handed("eve", "eve.zip", members), "einsum", Caps())


def test_the_exact_name_wins_over_another_case(tmp_path):
    source = pack(tmp_path / "in/ada.zip", {"EINSUM.py": b"x = 1", "einsum.py": ANSWER, "Einsum.PY": b"x = 2"})
    (row,) = run(source.parent, tmp_path)
    assert (tmp_path / "submitted/ada/einsum/einsum.py").read_bytes() == ANSWER
    assert row.refused == (
        "EINSUM.py: another file has the same name",
        "Einsum.PY: another file has the same name",
    )


def test_files_keep_their_times(tmp_path):
    source = pack(tmp_path / "ada.zip", {"einsum.py": ANSWER})
    import datetime

    run(source, tmp_path, zone=datetime.UTC)
    moment = (tmp_path / "submitted/ada/einsum/einsum.py").stat().st_mtime
    assert datetime.datetime.fromtimestamp(moment, datetime.UTC).isoformat() == "2030-02-03T09:08:06+00:00"
