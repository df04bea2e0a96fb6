"""`grader submit` and `grader verify`: what is packed, and which receipts are accepted."""

from __future__ import annotations

import datetime
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from grader.commands import cli
from grader.course.settings import load_course
from grader.publishing.build import write_examples, write_files
from grader.publishing.release import release_to_folder
from grader.submissions.receipts import KEY_VARIABLE, make_receipt, packed, problems, receipt_bytes, sealed
from tests import snapshot
from tests.courses import write, write_course
from tests.judging.checks.test_messages import in_both

ANSWER = "def double(x):\n    return x + x\n"
FILES = {"one.py": ANSWER.encode()}
MOMENT = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_course(tmp_path_factory.mktemp("course"), "one")
    course = load_course(root)
    write_files(course, "one")
    write_examples(course, "one")
    students = tmp_path_factory.mktemp("students")
    list(release_to_folder(course, students, ["one"]))
    return students


@pytest.fixture
def here(_released: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(_released)
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    write(_released / "assignments/one/one.py", ANSWER)
    write(_released / "assignments/one/notes.txt", "private\n")
    return _released


def test_what_the_assignment_wants_is_packed_and_the_receipt_is_accepted(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["submit", "one"]) == 0
    out = capsys.readouterr().out
    assert "points  1 of 1 on the public examples" in out
    with zipfile.ZipFile(here / "one-submission.zip") as archive:
        assert archive.namelist() == ["one.py"]
        assert archive.read("one.py") == ANSWER.encode()
    receipt = json.loads((here / "one-submission.receipt.json").read_text())
    assert receipt["hash"] in out
    assert receipt["time"] in out
    assert cli.run(["verify", "one-submission.receipt.json", "one-submission.zip"]) == 0
    assert "accepted: these are the files that were packed (not signed" in capsys.readouterr().out
    before = (here / "one-submission.zip").read_bytes()
    assert cli.run(["submit"]) == 0
    assert (here / "one-submission.zip").read_bytes() == before


def test_what_cannot_be_read_is_not_packed_unasked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "assignments/one/one.py", "def double(x:\n")
    (here / "assignments/one/one.ipynb").unlink(missing_ok=True)
    assert cli.run(["submit", "one", "-o", "broken.zip"]) == 1
    assert "nothing was packed: one.py, line 1" in capsys.readouterr().err
    assert not (here / "broken.zip").exists()
    assert cli.run(["submit", "one", "-o", "broken.zip", "--anyway"]) == 0
    assert (here / "broken.zip").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [(["two"], "there is no assignment 'two'"), (["one.double"], "one.double is no assignment")],
)
def test_what_cannot_be_submitted(here: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["submit", *words]) == 2
    assert told in capsys.readouterr().err


def verified(tmp_path: Path, receipt: bytes, name: str, data: bytes) -> int:
    write(tmp_path / "receipt.json", receipt)
    write(tmp_path / name, data)
    return cli.run(["verify", str(tmp_path / "receipt.json"), str(tmp_path / name.partition("/")[0])])


@pytest.mark.parametrize("name", ["one.py", "folder/one/one.py", "renamed.py"])
def test_how_it_lies_there_does_not_matter(tmp_path: Path, name: str) -> None:
    receipt = receipt_bytes(make_receipt("c", "one", FILES, (1.0, 1.0), now=MOMENT))
    assert verified(tmp_path, receipt, name, ANSWER.encode()) == 0


def test_a_zip_root_in_a_folder_is_understood(tmp_path: Path) -> None:
    receipt = receipt_bytes(make_receipt("c", "one", FILES, (1.0, 1.0), now=MOMENT))
    data = packed({"my work/one.py": ANSWER.encode(), "__MACOSX/one.py": b"junk"})
    assert verified(tmp_path, receipt, "a.zip", data) == 0


@pytest.mark.parametrize(
    ("change", "answer", "told"),
    [
        ((b'"points": 0.0', b'"points": 1.0'), ANSWER, "it was changed after it was made"),
        ((b"2026-09-01", b"2026-08-01"), ANSWER, "it was changed after it was made"),
        ((b"", b""), ANSWER + "#", "one.py is not the file that was packed"),
    ],
)
def test_what_was_changed_is_not_accepted(
    tmp_path: Path, change: tuple[bytes, bytes], answer: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = receipt_bytes(make_receipt("c", "one", FILES, (0.0, 1.0), now=MOMENT))
    changed = receipt.replace(*change) if change[0] else receipt
    assert verified(tmp_path, changed, "one.py", answer.encode()) == 1
    assert told in capsys.readouterr().out


def test_a_signed_receipt_is_accepted_with_its_key_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = receipt_bytes(make_receipt("c", "one", FILES, (1.0, 1.0), now=MOMENT, key="secret"))
    assert verified(tmp_path, receipt, "one.py", ANSWER.encode()) == 1
    assert f"{KEY_VARIABLE} is not set" in capsys.readouterr().out
    monkeypatch.setenv(KEY_VARIABLE, "another")
    assert verified(tmp_path, receipt, "one.py", ANSWER.encode()) == 1
    monkeypatch.setenv(KEY_VARIABLE, "secret")
    assert verified(tmp_path, receipt, "one.py", ANSWER.encode()) == 0
    assert "(signed)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("receipt", "told"),
    [(b"{", "is no receipt"), (b"[]", "is no receipt"), (None, "cannot read")],
)
def test_what_is_no_receipt_is_told(
    tmp_path: Path, receipt: bytes | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if receipt is not None:
        write(tmp_path / "receipt.json", receipt)
    assert cli.run(["verify", str(tmp_path / "receipt.json"), str(tmp_path)]) == 2
    assert told in capsys.readouterr().err


def test_a_receipt_of_nothing_accepts_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    receipt = receipt_bytes(make_receipt("c", "one", {}, (1.0, 1.0), now=MOMENT))
    assert verified(tmp_path, receipt, "one.py", ANSWER.encode()) == 1
    assert "it names no file" in capsys.readouterr().out


def test_what_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "receipt.json", receipt_bytes(make_receipt("c", "one", FILES, (None, 1.0), now=MOMENT)))
    assert cli.run(["verify", str(tmp_path / "receipt.json"), str(tmp_path / "absent.zip")]) == 2
    write(tmp_path / "empty/readme.md", "x")
    assert cli.run(["verify", str(tmp_path / "receipt.json"), str(tmp_path / "empty"), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] == ["one.py is not among what was handed in"]


def told() -> Iterator[str]:
    """Yield why receipts are not accepted, and what becomes of files that are none."""
    receipt = make_receipt("c", "one", FILES, (0.0, 1.0), now=MOMENT)
    signed = make_receipt("c", "one", FILES, (0.0, 1.0), now=MOMENT, key="secret")
    changed = msgspec.structs.replace(receipt, points=1.0)
    for found, files in ((signed, FILES), (changed, FILES), (receipt, {}), (receipt, {"one.py": b""})):
        yield from problems(found, files, None)
    yield from problems(sealed(msgspec.structs.replace(receipt, files={}), None), {}, None)
    yield from problems(sealed(msgspec.structs.replace(receipt, hash="sha256:0"), None), FILES, None)


def test_what_is_said_of_receipts() -> None:
    snapshot.check("receipts.txt", in_both(told))


def test_verify_speaks_korean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    receipt = make_receipt("c", "one", FILES, (0.0, 1.0), now=MOMENT)
    write(tmp_path / "receipt.json", receipt_bytes(receipt))
    write(tmp_path / "one.py", ANSWER)
    paths = [str(tmp_path / "receipt.json"), str(tmp_path / "one.py")]
    assert cli.run(["verify", *paths, "--lang", "ko"]) == 0
    out = capsys.readouterr().out
    assert "1점 가운데 0점" in out
    assert "확인: 묶었던 그 파일들이에요(서명되지 않음" in out
    write(tmp_path / "one.py", "x")
    assert cli.run(["verify", *paths, "--lang", "ko"]) == 1
    assert "아니요: one.py는 묶었던 그 파일이 아니에요" in capsys.readouterr().out
