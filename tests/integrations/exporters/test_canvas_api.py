"""Grades and comments through Canvas's API, against a server of ours."""

from __future__ import annotations

import http.server
import json
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("canvasapi")

from grader.commands import cli
from grader.results.report import to_json
from tests import samples

GRADEBOOK = "Student,ID,SIS Login ID,Section,einsum (77)\n    Points Possible,,,,3\nZoe,1,zoe,s1,\n김민준,2,kim,s1,\n"


class Canvas(http.server.BaseHTTPRequestHandler):
    """A little of Canvas: one course, one assignment, one job that ends at the second look."""

    seen: dict[str, list[str]]
    looks = 0
    end = "completed"

    def _answer(self, found: object, code: int = 200) -> None:
        data = json.dumps(found).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        path = urllib.parse.urlparse(self.path).path
        if self.headers.get("Authorization") != "Bearer secret":
            self._answer({"errors": [{"message": "Invalid access token."}]}, 401)
        elif path.startswith("/api/v1/progress"):
            Canvas.looks += 1
            state = Canvas.end if Canvas.looks > 1 else "running"
            self._answer({"id": 9, "workflow_state": state, "message": "as told"})
        else:
            self._answer({"id": int(path.rpartition("/")[2]), "course_id": 5})

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        Canvas.seen = urllib.parse.parse_qs(self.rfile.read(length).decode())
        self._answer({"id": 9, "workflow_state": "queued"})

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    Canvas.looks, Canvas.end, Canvas.seen = 0, "completed", {}
    server = http.server.HTTPServer(("127.0.0.1", 0), Canvas)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def words(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr("grader.integrations.exporters.canvas_api.time.sleep", lambda seconds: None)
    monkeypatch.setenv("CANVAS_API_TOKEN", "secret")
    zoe, kim = samples.submission(samples.perfect(), "zoe"), samples.submission(samples.kim(), "kim")
    (tmp_path / "results.json").write_bytes(to_json(samples.report(zoe, kim)))
    (tmp_path / "book.csv").write_text(GRADEBOOK, encoding="utf-8")
    post = ["--post", url, "--canvas-course", "5"]
    return ["export", "canvas", str(tmp_path / "results.json"), "--fill", str(tmp_path / "book.csv"), *post]


def test_grades_and_comments_are_posted(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(words) == 0, capsys.readouterr().err
    assert Canvas.seen["grade_data[1][posted_grade]"] == ["3"]
    assert Canvas.seen["grade_data[1][text_comment]"][0].startswith("✓ transpose: passed")
    assert not any(name.startswith("grade_data[2]") for name in Canvas.seen)
    assert "Canvas has taken the grades and comments" in capsys.readouterr().err


def test_a_job_that_fails_is_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Canvas.end = "failed"
    assert cli.run(words) == 2
    assert "Canvas's job failed: as told" in capsys.readouterr().err


def test_a_wrong_token_is_told(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANVAS_API_TOKEN", "wrong")
    assert cli.run(words) == 2
    assert "Canvas did not take the grades" in capsys.readouterr().err
    monkeypatch.delenv("CANVAS_API_TOKEN")
    assert cli.run(words) == 2
    assert "CANVAS_API_TOKEN is not set" in capsys.readouterr().err
    assert cli.run(words[:-2]) == 2
    assert "--post needs the course's number: --canvas-course" in capsys.readouterr().err
