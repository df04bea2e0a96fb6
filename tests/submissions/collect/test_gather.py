import json
import shutil

import pytest

from grader.records.errors import UsageError
from grader.submissions.collect.gather import Plan, detect, gather
from grader.submissions.collect.groups import read_roster
from grader.submissions.collect.records import Caps
from tests.submissions.collect.packing import ANSWER, MOMENT, commit, hand_in, pack


def run(source, tmp_path, **options):
    options.setdefault("assignments", ("einsum",))
    return gather(Plan(source=source, submitted=tmp_path / "submitted", **options))


def tree(tmp_path):
    root = tmp_path / "submitted"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_a_moodle_download_of_files_and_folders(tmp_path):
    source = pack(
        tmp_path / "torch-einsum-77.zip",
        {
            "Ada Lovelace_101_assignsubmission_file_einsum.py": ANSWER,
            "김철수_102_assignsubmission_file_/einsum.ipynb": b"{}",
            "김철수_102_assignsubmission_file_/data/notes.txt": b"n",
        },
    )
    rows = run(source, tmp_path)
    assert [(row.student, row.status) for row in rows] == [
        ("Ada_Lovelace_101", "collected"),
        ("김철수_102", "collected"),
    ]
    assert tree(tmp_path) == [
        "Ada_Lovelace_101/einsum/einsum.py",
        "Ada_Lovelace_101/einsum/timestamp.txt",
        "김철수_102/einsum/data/notes.txt",
        "김철수_102/einsum/einsum.ipynb",
        "김철수_102/einsum/timestamp.txt",
    ]
    kept = (tmp_path / "submitted/Ada_Lovelace_101/einsum/timestamp.txt").read_text()
    assert kept == "2030-02-03 09:08:06.000000 UTC"
    assert rows[0].origin.endswith("torch-einsum-77.zip: Ada Lovelace_101")


def test_a_canvas_download_holds_zips_and_second_uploads(tmp_path):
    inner = pack(tmp_path / "inner.zip", {"work/einsum.py": ANSWER, "work/extra.txt": b"x"})
    source = pack(
        tmp_path / "submissions.zip",
        {"lovelaceada_11_900_einsum-1.py": ANSWER, "hoppergrace_LATE_12_901_homework.zip": inner.read_bytes()},
    )
    rows = run(source, tmp_path)
    assert [row.student for row in rows] == ["hoppergrace_12", "lovelaceada_11"]
    assert rows[1].notes == ("einsum-1.py renamed to einsum.py",)
    assert rows[0].notes == ("taken from the folder work",)
    assert "hoppergrace_12/einsum/extra.txt" in tree(tmp_path)
    assert (tmp_path / "submitted/hoppergrace_12/einsum/einsum.py").read_bytes() == ANSWER


def test_a_folder_of_zips_and_unpacked_folders(tmp_path):
    pack(tmp_path / "in/ada.zip", {"einsum.py": ANSWER})
    hand_in(tmp_path / "in", "grace", {"einsum.py": ANSWER})
    (tmp_path / "in/turingalan_7_8_einsum.py").write_bytes(ANSWER)
    (tmp_path / "in/readme.txt").write_text("no submission")
    rows = run(tmp_path / "in", tmp_path)
    assert [(row.student, row.status) for row in rows] == [
        ("ada", "collected"),
        ("grace", "collected"),
        ("readme", "refused"),
        ("turingalan_7", "collected"),
    ]


def test_folders_of_one_zip_are_students(tmp_path):
    files = {"ada/einsum.py": ANSWER, "bob/part/einsum.ipynb": b"{}", "__MACOSX/ada/._einsum.py": b""}
    rows = run(pack(tmp_path / "class.zip", files), tmp_path)
    assert [(row.student, row.status) for row in rows] == [("ada", "collected"), ("bob", "collected")]
    assert rows[0].origin.endswith("class.zip: ada")
    assert "ada/einsum/einsum.py" in tree(tmp_path)


@pytest.mark.parametrize("other", ["data/words.txt", "einsum.py"])
def test_a_zip_with_other_things_is_one_students(tmp_path, other):
    rows = run(pack(tmp_path / "ada.zip", {"work/einsum.py": ANSWER, other: b"x = 1\n"}), tmp_path)
    assert [row.student for row in rows] == ["ada"]


def test_hostile_entries_are_refused_and_the_honest_ones_kept(tmp_path):
    names = {"einsum.py": ANSWER, "../../escape.py": b"!", "/abs.py": b"!", "..\\win.py": b"!", "C:\\x.py": b"!"}
    pack(tmp_path / "in/eve.zip", names, links={"link.py": "/etc/passwd"})
    (row,) = run(tmp_path / "in", tmp_path)
    assert row.status == "collected"
    assert row.files == ("einsum.py",)
    assert list(row.refused) == [
        "../../escape.py: a path that leaves its folder",
        "/abs.py: an absolute path",
        "..\\win.py: a path that leaves its folder",
        "C:\\x.py: an absolute path",
        "link.py: a symbolic link",
    ]
    assert not list(tmp_path.rglob("escape.py"))
    assert tree(tmp_path) == ["eve/einsum/einsum.py", "eve/einsum/timestamp.txt"]


def test_symbolic_links_on_disk_are_never_followed(tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text("solution")
    folder = hand_in(tmp_path / "in", "eve", {"einsum.py": ANSWER})
    (folder / "stolen.py").symlink_to(secret)
    (folder / "tree").symlink_to(tmp_path)
    (tmp_path / "in/mallory").symlink_to(tmp_path)
    rows = run(tmp_path / "in", tmp_path)
    assert rows[0].refused == ("stolen.py: a symbolic link", "tree: a symbolic link")
    assert (rows[1].student, rows[1].status, rows[1].refused) == ("mallory", "refused", ("a symbolic link",))
    assert "solution" not in "".join(path.read_text() for path in (tmp_path / "submitted").rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("files", "caps", "reason"),
    [
        ({"einsum.py": b"\0" * (3 << 20)}, Caps(), "no file that can be taken"),
        ({f"{n}.py": b"" for n in range(30)}, Caps(files=20), "30 files; at most 20 are taken"),
        ({"einsum.py": b"1", "a": bytes(90), "b": bytes(90)}, Caps(total_bytes=100), "181 bytes in all; at most 100"),
        ({"einsum.py": bytes(range(256))}, Caps(file_bytes=100), "no file that can be taken"),
        ({}, Caps(), "empty"),
    ],
)
def test_bombs_are_refused_before_they_are_unpacked(tmp_path, files, caps, reason):
    pack(tmp_path / "in/eve.zip", files)
    pack(tmp_path / "in/ada.zip", {"einsum.py": b"1"})
    rows = run(tmp_path / "in", tmp_path, caps=caps)
    assert rows[1].status == "refused"
    assert reason in rows[1].refused[0]
    assert rows[0].status == "collected"
    assert not (tmp_path / "submitted/eve").exists()


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_is_read(tmp_path):
    path = pack(tmp_path / "in/eve.zip", {"einsum.py": bytes(range(256)) * 40})
    data = bytearray(path.read_bytes())
    size = (256 * 40).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (50).to_bytes(4, "little")
    path.write_bytes(data)
    (row,) = run(tmp_path / "in", tmp_path)
    assert row.status == "refused"
    assert "einsum.py: " in row.refused[0]
    assert tree(tmp_path) == []


def test_zips_in_zips_are_opened_but_not_for_ever(tmp_path):
    one = pack(tmp_path / "one.zip", {"einsum.py": ANSWER})
    two = pack(tmp_path / "two.zip", {"one.zip": one.read_bytes()})
    three = pack(tmp_path / "three.zip", {"two.zip": two.read_bytes()})
    files = {"eve_1_2_three.zip": three.read_bytes(), "ada_3_4_two.zip": two.read_bytes()}
    good, row = run(pack(tmp_path / "all.zip", files), tmp_path)
    assert good.files == ("einsum.py",)
    assert row.files == ("one.zip",)
    assert "nothing of it can be graded" in row.notes[0]


@pytest.mark.parametrize("junk", [b"", b"PK\x03\x04 and so on", b"PK\x05\x06" + b"\xff" * 18])
def test_a_broken_zip_is_one_refused_row(tmp_path, junk):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/eve.zip").write_bytes(junk)
    pack(tmp_path / "in/ada.zip", {"einsum.py": ANSWER})
    rows = run(tmp_path / "in", tmp_path)
    assert [row.status for row in rows] == ["collected", "refused"]
    assert "not a zip file that can be read" in rows[1].refused[0]


def test_the_exchange_gives_the_newest_of_each_student(tmp_path):
    inbound = tmp_path / "exchange/torch101/inbound"
    hand_in(inbound, "ada+einsum+2030-01-01 00:00:00 UTC+aaaa", {"einsum.py": b"old"}, "2030-01-01 00:00:00 UTC")
    hand_in(inbound, "ada+einsum+2030-01-02 00:00:00 UTC+bbbb", {"einsum.py": b"new"}, "2030-01-02 00:00:00 UTC")
    hand_in(inbound, "c+plus+einsum+2030-01-02 00:00:00 UTC", {"einsum.py": b"plus"})
    hand_in(inbound, "ada+loaders+2030-01-02 00:00:00 UTC+cccc", {"loaders.py": b"other"})
    rows = run(tmp_path / "exchange", tmp_path)
    assert [(row.student, row.assignment, row.status) for row in rows] == [
        ("ada", "einsum", "collected"),
        ("ada", "einsum", "superseded"),
        ("ada", "loaders", "refused"),
        ("c_plus", "einsum", "collected"),
    ]
    assert (tmp_path / "submitted/ada/einsum/einsum.py").read_bytes() == b"new"
    assert (tmp_path / "submitted/ada/einsum/timestamp.txt").read_text() == "2030-01-02 00:00:00.000000 UTC"
    assert "submission_secret.txt" not in str(tree(tmp_path))
    assert "the files belong to" in rows[0].notes[0]


def test_what_is_as_new_stays_and_newer_replaces_it(tmp_path):
    inbound = tmp_path / "torch101/inbound"
    hand_in(inbound, "ada+einsum+2030-01-01 00:00:00 UTC", {"einsum.py": b"one", "extra.py": b""})
    assert run(inbound, tmp_path)[0].status == "collected"
    assert run(inbound, tmp_path)[0].status == "kept"
    hand_in(inbound, "ada+einsum+2030-01-05 00:00:00 UTC", {"einsum.py": b"two"})
    assert run(inbound, tmp_path)[0].status == "updated"
    assert tree(tmp_path) == ["ada/einsum/einsum.py", "ada/einsum/timestamp.txt"]
    assert (tmp_path / "submitted/ada/einsum/einsum.py").read_bytes() == b"two"
    assert run(inbound, tmp_path, force=True)[0].status == "updated"
    assert [path.name for path in (tmp_path / "submitted/ada").iterdir()] == ["einsum"]


def test_a_newest_submission_that_must_be_refused_leaves_the_one_before(tmp_path):
    inbound = tmp_path / "torch101/inbound"
    hand_in(inbound, "ada+einsum+2030-01-01 00:00:00 UTC", {"einsum.py": b"good"})
    hand_in(inbound, "ada+einsum+2030-01-02 00:00:00 UTC", {})
    rows = run(inbound, tmp_path)
    assert [row.status for row in rows] == ["collected", "refused"]
    assert (tmp_path / "submitted/ada/einsum/einsum.py").read_bytes() == b"good"


def test_repositories_are_read_at_their_newest_commit(tmp_path):
    ada = commit(tmp_path / "in/ada", {"einsum/einsum.py": ANSWER, "README.md": b"hi"})
    (ada / "einsum/einsum.py").write_bytes(b"not committed")
    commit(tmp_path / "in/grace", {"einsum.py": ANSWER, "loaders.py": ANSWER})
    commit(tmp_path / "in/none", {})
    rows = run(tmp_path / "in", tmp_path, assignments=("einsum", "loaders"))
    assert [(row.student, row.assignment, row.status) for row in rows] == [
        ("ada", "einsum", "collected"),
        ("grace", "einsum", "collected"),
        ("grace", "loaders", "collected"),
        ("none", "", "refused"),
    ]
    assert rows[3].refused == ("the newest commit holds no file of einsum, loaders",)
    assert (tmp_path / "submitted/ada/einsum/einsum.py").read_bytes() == ANSWER
    assert rows[0].time == "2030-02-02 22:00:00.000000 UTC"


def test_no_program_of_a_repository_runs_and_links_are_refused(tmp_path):
    folder = tmp_path / "in/eve"
    folder.mkdir(parents=True)
    (folder / "link.py").symlink_to("/etc/passwd")
    folder.rename(tmp_path / "stash")
    commit(folder, {"einsum.py": ANSWER, ".gitattributes": b"*.py filter=evil diff=evil\n"})
    (folder / "link.py").symlink_to("/etc/passwd")
    _recommit(folder)
    mark = tmp_path / "mark"
    touch = f"touch {mark}"
    with (folder / ".git/config").open("a") as config:
        config.write(f'[filter "evil"]\n\tsmudge = {touch}\n\tclean = {touch}\n[core]\n\tfsmonitor = {touch}\n')
        config.write(f"[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {touch}\n[core]\n\tsshCommand = {touch}\n")
    (row,) = run(tmp_path / "in", tmp_path)
    assert row.status == "collected"
    assert row.refused == ("link.py: a symbolic link",)
    assert not mark.exists()


BORROWED = {
    "alternates": (
        "it takes objects from elsewhere (objects/info/alternates)",
        lambda git, other: (git / "objects/info/alternates").write_text(f"{other}/objects\n"),
    ),
    "a store": ("objects is a symbolic link", lambda git, other: _linked(git / "objects", other / "objects")),
    "an object": (
        "objects/00 is a symbolic link",
        lambda git, other: _linked(git / "objects/00", other / "objects/info"),
    ),
    "references": ("refs is a symbolic link", lambda git, other: _linked(git / "refs", other / "refs")),
    "a worktree": (
        "it takes objects from elsewhere (commondir)",
        lambda git, other: (git / "commondir").write_text(str(other)),
    ),
}


def _linked(place, target):
    shutil.rmtree(place, ignore_errors=True)
    place.symlink_to(target)


@pytest.mark.parametrize("how", BORROWED)
def test_a_repository_that_borrows_what_others_hold_is_refused(tmp_path, how):
    told, borrow = BORROWED[how]
    secret = commit(tmp_path / "instructor", {"einsum.py": b"the solution"})
    commit(tmp_path / "in/ada", {"einsum.py": ANSWER})
    borrow(commit(tmp_path / "in/eve", {"einsum.py": ANSWER}) / ".git", secret / ".git")
    rows = run(tmp_path / "in", tmp_path)
    assert [(row.student, row.status) for row in rows] == [("ada", "collected"), ("eve", "refused")]
    assert rows[1].refused == (
        f"{told}: a repository that borrows what others hold is not read; hand in a clone of it",
    )


def _recommit(folder):
    import subprocess

    from tests.submissions.collect.packing import _environment

    for command in (["git", "add", "-A"], ["git", "commit", "-q", "-m", "more"]):
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=_environment(1_896_300_001))


def test_a_list_names_repositories_and_clones_urls(tmp_path):
    commit(tmp_path / "one", {"einsum.py": ANSWER})
    commit(tmp_path / "two", {"einsum.py": ANSWER})
    listed = tmp_path / "list.csv"
    listed.write_text(f"student,repository\nada,one\ngrace,file://{tmp_path}/two\nalan,nowhere\neve,ext::sh -c true\n")
    rows = run(listed, tmp_path)
    assert [(row.student, row.status) for row in rows] == [
        ("ada", "collected"),
        ("alan", "refused"),
        ("eve", "refused"),
        ("grace", "collected"),
    ]
    assert rows[1].refused == ("there is no git repository",)


def test_a_list_without_its_columns_says_which(tmp_path):
    listed = tmp_path / "list.csv"
    listed.write_text("name,url\n")
    with pytest.raises(UsageError, match="no column repository and student"):
        run(listed, tmp_path)


def test_a_roster_gives_students_their_own_names(tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("student,moodle,name\nada,101,Ada Lovelace\n")
    source = pack(tmp_path / "a.zip", {"Lovelace Ada_101_assignsubmission_file_einsum.py": ANSWER})
    (row,) = run(source, tmp_path, roster=read_roster(roster)[0])
    assert row.student == "ada"
    roster.write_text("student,moodle\nada,101\ngrace,101\n")
    with pytest.raises(UsageError, match="'101' stands for 'ada' and for 'grace'"):
        read_roster(roster)


def test_two_students_never_share_a_folder(tmp_path):
    pack(tmp_path / "in/a b.zip", {"einsum.py": b"one"})
    pack(tmp_path / "in/A_b.zip", {"einsum.py": b"two"})
    rows = run(tmp_path / "in", tmp_path)
    assert sorted(row.status for row in rows) == ["collected", "refused"]
    assert "its folder would be that of" in next(row for row in rows if row.status == "refused").refused[0]


def test_a_dry_run_writes_nothing(tmp_path):
    pack(tmp_path / "in/ada.zip", {"einsum.py": ANSWER})
    (row,) = run(tmp_path / "in", tmp_path, dry_run=True)
    assert row.status == "collected"
    assert not (tmp_path / "submitted").exists()


def test_the_time_zone_of_zips_can_be_told(tmp_path):
    from grader.submissions.collect.times import named_zone

    pack(tmp_path / "in/ada.zip", {"einsum.py": ANSWER})
    (row,) = run(tmp_path / "in", tmp_path, zone=named_zone("+09:00"))
    assert MOMENT[3] == 9
    assert row.time == "2030-02-03 00:08:06.000000 UTC"


@pytest.mark.parametrize(("name", "told"), [("none", "There is no"), ("empty", "is empty"), ("odd.txt", "is no zip")])
def test_a_source_that_is_none_is_named(tmp_path, name, told):
    (tmp_path / "empty").mkdir()
    (tmp_path / "odd.txt").write_text("")
    with pytest.raises(UsageError, match=told):
        detect(tmp_path / name)


def test_an_exchange_of_two_courses_must_be_narrowed(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "inbound").mkdir(parents=True)
    with pytest.raises(UsageError, match="an exchange of 2 courses: one, two"):
        detect(tmp_path)


def test_rows_are_json(tmp_path):
    import msgspec

    pack(tmp_path / "in/ada.zip", {"einsum.py": ANSWER})
    rows = run(tmp_path / "in", tmp_path)
    assert json.loads(msgspec.json.encode(rows))[0]["files"] == ["einsum.py"]
