"""Files of submissions: every way in which they arrive broken gets a sentence, and nothing is executed."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from grader.submissions import reading
from grader.submissions.reading import Unreadable, cell_source, notebook_cells, read_cells
from tests.courses import REPOSITORY, write


def notebook(*cells: dict[str, Any], **rest: Any) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **rest}).encode()


def code(source: Any, **rest: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], **rest}


def problem(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read_cells(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (b"x = 1\n", "x = 1\n"),
        (b"", ""),
        (b"\xef\xbb\xbfx = 1\r\ny = 2\rz = 3\n", "x = 1\ny = 2\nz = 3\n"),
        ("# 한글\nx = '값'\n".encode(), "# 한글\nx = '값'\n"),
        ("# -*- coding: euc-kr -*-\nx = '값'\n".encode("euc-kr"), "# -*- coding: euc-kr -*-\nx = '값'\n"),
        (b"# coding: latin-1\nx = '\xe9'\n", "# coding: latin-1\nx = 'é'\n"),
        (b"raise SystemExit(1)\n", "raise SystemExit(1)\n"),
    ],
)
def test_modules(tmp_path: Path, content: bytes, source: str) -> None:
    assert read_cells(write(tmp_path / "einsum.py", content)).cells == (source,)


def test_a_module_with_magics_is_noted(tmp_path: Path) -> None:
    read = read_cells(write(tmp_path / "einsum.py", "!pip install torch\nx = 1\n"))
    assert read.cells == ("pass\nx = 1\n",)
    assert read.notes == ("einsum.py: lines of Jupyter's own syntax (such as % or !) are skipped",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x = 1\ndef f(:\n", "einsum.py, line 2: invalid syntax\n    def f(:\n          ^"),
        (b"\xff\xfex\x00\x00\xd8", "einsum.py begins as UTF-16 does and is none; save it as UTF-8"),
        (b"x = '\x81\xff'\n", "einsum.py is no text in an encoding that is known; save it as UTF-8"),
        (b"\x7fELF\x02\x01\x00\x00", "einsum.py is no Python text: byte 6 of 8 is a null byte"),
        (b"# coding: rot13\nk = 1\n", "einsum.py says that its encoding is rot13; save it as UTF-8"),
        (b"# coding: nonsense\n", "einsum.py: unknown encoding: nonsense; save it as UTF-8"),
        (b"x = " + b"-" * 90_000 + b"1", "einsum.py: it is nested too deeply to be read"),
    ],
)
def test_broken_modules(tmp_path: Path, content: bytes, message: str) -> None:
    assert problem(write(tmp_path / "einsum.py", content)) == message


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("UTF-16", "# 안녕\nx = 1\n"),
        ("cp949", "# 안녕\nx = 1\n"),
        ("cp949", "# coding: ascii\nx = '한'\n"),
        ("cp1252", "# œuvre, né à Paris, ½\nx = 1\n"),
    ],
)
def test_another_encoding_costs_nothing_and_is_told(tmp_path: Path, encoding: str, text: str) -> None:
    read = read_cells(write(tmp_path / "einsum.py", text.encode(encoding)))
    assert read.cells == (text,)
    assert read.notes == (f"einsum.py is read as {encoding}, which Python itself would not do: save it as UTF-8",)


def test_a_huge_module(tmp_path: Path) -> None:
    path = write(tmp_path / "einsum.py", b"#" * (reading.MAX_SOURCE + 1))
    assert problem(path) == "einsum.py is larger than 2 MB, the most that is read"


def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "folder.py").mkdir()
    write(tmp_path / "secret.txt", "secret = 1")
    (tmp_path / "link.py").symlink_to(tmp_path / "secret.txt")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)  # a socket's whole path may be too long
        server.bind("socket.py")
        assert problem(tmp_path / "socket.py") == "socket.py is a socket, not a file"
    assert problem(tmp_path / "pipe.py") == "pipe.py is a pipe, not a file"
    assert problem(tmp_path / "folder.py") == "folder.py is a folder, not a file"
    assert problem(tmp_path / "link.py") == "link.py is a link; hand in the file itself"
    assert problem(tmp_path / "absent.py") == "absent.py cannot be read: No such file or directory"
    assert problem(Path("/dev/zero").with_suffix("")) == "zero is a device, not a file"


def test_notebook_cells_in_order(tmp_path: Path) -> None:
    content = notebook(
        {"cell_type": "markdown", "source": "# Title"},
        code("x = 1"),
        code(["y = 2\n", "z = 3"]),
        {"cell_type": "raw", "source": "raw"},
        code("%matplotlib inline\nw = 4"),
        {"cell_type": "code"},
        code(None),
        code(["a = 1\n", 7, "b = 2"]),
        "no cell",  # type: ignore[arg-type] # what a broken editor writes
    )
    read = read_cells(write(tmp_path / "einsum.ipynb", content))
    assert read.cells == ("x = 1", "y = 2\nz = 3", "pass\nw = 4", "", "", "a = 1\nb = 2")
    assert read.notes == ()


def test_a_bad_cell_is_left_out_and_named(tmp_path: Path) -> None:
    content = notebook(code("x = 1"), code("def f(:"), code("%%bash\nls"), code("y = 2"))
    read = read_cells(write(tmp_path / "einsum.ipynb", content))
    assert read.cells == ("x = 1", "", "", "y = 2")
    assert read.notes == (
        "code cell 2 is left out: line 1: invalid syntax\n    def f(:\n          ^",
        "code cell 3 is left out: it begins with %%bash, so the notebook does not run it as Python",
    )


def test_instructors_test_cells_are_left_out(tmp_path: Path) -> None:
    test = code("assert False", metadata={"nbgrader": {"grade": True, "locked": True, "solution": False}})
    answer = code("x = 1", metadata={"nbgrader": {"grade": True, "locked": False, "solution": True}})
    locked = code("import torch", metadata={"nbgrader": {"grade": False, "locked": True}})
    stripped = code("y = 2", metadata=None)
    read = read_cells(write(tmp_path / "a.ipynb", notebook(locked, answer, test, stripped)))
    assert read.cells == ("import torch", "x = 1", "", "y = 2")


def test_a_notebook_of_format_3(tmp_path: Path) -> None:
    old = {
        "nbformat": 3,
        "worksheets": [
            {"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"]}, {"cell_type": "heading", "source": "A"}]},
            {"cells": [{"cell_type": "code", "input": "z = 3"}]},
        ],
    }
    assert read_cells(write(tmp_path / "a.ipynb", json.dumps(old))).cells == ("x = 1\ny = 2", "z = 3")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read_cells(write(tmp_path / "a.ipynb", b"\xef\xbb\xbf" + notebook(code("x = 1")))).cells == ("x = 1",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.ipynb is empty: it was not saved, or the upload failed"),
        (b" \n", "a.ipynb is empty: it was not saved, or the upload failed"),
        (
            b'{"cells": [',
            "a.ipynb is not a notebook: not JSON at line 1, column 12: Expecting value (it seems to be cut off)",
        ),
        (b"PK\x03\x04 zip", "a.ipynb is not a notebook: not JSON at line 1, column 1: Expecting value"),
        (b"[1]", "a.ipynb is not a notebook: its JSON is no object"),
        (b"{}", "a.ipynb is not a notebook: it has no list of cells"),
        (b'{"cells": 3}', "a.ipynb is not a notebook: it has no list of cells"),
        (b'{"worksheets": [3]}', "a.ipynb is not a notebook: it has no list of cells"),
        (b'{"cells": ["\xff"]}', "a.ipynb, line 1: byte 0xff is not UTF-8; save the file as UTF-8"),
    ],
)
def test_broken_notebooks(tmp_path: Path, content: bytes, message: str) -> None:
    assert problem(write(tmp_path / "a.ipynb", content)) == message


def test_deeply_nested_json(tmp_path: Path) -> None:
    assert problem(write(tmp_path / "a.ipynb", b"[" * 200_000)).startswith("a.ipynb is not a notebook: ")


def test_a_lone_surrogate_costs_its_cell_alone(tmp_path: Path) -> None:
    read = read_cells(write(tmp_path / "a.ipynb", notebook(code("x = '\ud800'"), code("y = 1"))))
    assert read.cells == ("", "y = 1")
    assert read.notes == ("code cell 1 is left out: it holds half of a character (a lone surrogate)",)


def test_megabytes_of_output_are_fine_and_of_code_are_not(tmp_path: Path) -> None:
    output = {"output_type": "stream", "text": "x" * (3 << 20)}
    assert read_cells(write(tmp_path / "a.ipynb", notebook(code("x = 1", outputs=[output])))).cells == ("x = 1",)
    much = write(tmp_path / "b.ipynb", notebook(*(code("#" + "x" * (1 << 20)) for _ in range(3))))
    assert problem(much) == "b.ipynb holds more than 2 MB of code, the most that is read"


def test_a_huge_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_NOTEBOOK", 1 << 20)
    path = write(tmp_path / "a.ipynb", b" " * (1 << 20) + b" ")
    assert problem(path) == "a.ipynb is larger than 1 MB, the most that is read"


@pytest.mark.parametrize(
    ("cell", "source"), [({}, ""), ({"source": 3}, ""), ({"input": "a\r\nb"}, "a\nb"), ({"source": ["a", "b"]}, "ab")]
)
def test_cell_source(cell: dict[str, Any], source: str) -> None:
    assert cell_source(cell) == source


def test_a_released_notebook_is_read_without_what_checks_it() -> None:
    """No note, no line of the first cell or of a check; what a student writes into a check cell counts."""
    path = REPOSITORY / "assignments/einsum/einsum.ipynb"
    given = json.loads(path.read_text(encoding="utf-8"))
    checks = [cell for cell in given["cells"] if "check" in cell["metadata"].get("grader", {})]
    checks[0]["source"] = [*checks[0]["source"], "\ndef transpose(x):\n    return x.T"]
    read = notebook_cells(json.dumps(given).encode(), path.name)
    assert read.notes == ()
    assert read.unread == ()
    assert not [cell for cell in read.cells if "check" in cell.partition("\n")[2] or "import grader" in cell]
    assert [cell for cell in read.cells if "x.T" in cell] == ["pass\ndef transpose(x):\n    return x.T"]
