from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from grader.authoring import csv_files, image_folders, segmentation_folders
from grader.authoring.declarations import make_probe
from grader.authoring.strategies.convert import to_plain
from grader.authoring.vocabulary import write_csv, write_images
from grader.judging.examples.bank import draw_bank
from grader.records.errors import AuthorError
from grader.records.observations import decode_example


def drawn(space: Any, count: int = 60) -> list[Any]:
    probe = make_probe(lambda submission: None)
    probe.arguments = {"x": space}
    return [to_plain(decode_example(body).arguments["x"]) for body in draw_bank(probe, count, 1).examples]


def test_tables_come_back_as_they_were_drawn(tmp_path: Path) -> None:
    for table in drawn(csv_files()):
        with write_csv(tmp_path / "t.csv", table).open(newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        assert header == table["header"]
        assert len(set(header)) == len(header)
        assert [[float(cell) for cell in row] for row in rows] == table["rows"]


def test_tables_differ_in_size_and_may_have_no_rows() -> None:
    tables = drawn(csv_files())
    assert {len(t["header"]) for t in tables} == {1, 2, 3, 4}
    assert {len(t["rows"]) for t in tables} >= {0, 1, 5}
    assert {tuple(t["header"]) for t in drawn(csv_files(names=("a", "b")), 10)} == {("a", "b")}


def test_images_come_back_as_they_were_drawn(tmp_path: Path) -> None:
    modes = set()
    for number, files in enumerate(drawn(image_folders(), 20)):
        root = write_images(tmp_path / str(number), files)
        for name, content in files.items():
            if content is None:
                assert (root / name).is_dir()
            elif isinstance(content, str):
                assert (root / name).read_text() == content
            else:
                with Image.open(root / name) as image:
                    modes.add(image.mode)
                    assert np.array_equal(np.asarray(image), content)
    assert modes == {"RGB", "L", "RGBA"}


def test_folders_hold_what_a_dataset_trips_over() -> None:
    folders = drawn(image_folders())
    assert any(content is None for files in folders for content in files.values())
    assert any("readme.txt" in files for files in folders)
    assert any(name.endswith("/notes.txt") for files in folders for name in files)
    assert any(list(files) != sorted(files) for files in folders)
    assert any(
        content.shape[0] != content.shape[1]
        for files in folders
        for content in files.values()
        if hasattr(content, "shape")
    )


def test_masks_fit_their_images() -> None:
    folders = drawn(segmentation_folders())
    for files in folders:
        images = {name.split("/")[1]: content for name, content in files.items() if name.startswith("images/")}
        masks = {name.split("/")[1]: content for name, content in files.items() if name.startswith("masks/")}
        assert images.keys() == masks.keys()
        assert all(images[name].shape[:2] == masks[name].shape for name in images)
    assert any(not content.any() for files in folders for name, content in files.items() if name.startswith("masks/"))
    assert any(content.ndim == 2 for files in folders for name, content in files.items() if name.startswith("images/"))


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"../a.png": None}, "'../a.png' leaves the folder"),
        ({"/a.png": None}, "'/a.png' leaves the folder"),
        ({"a.png": np.zeros((2, 2))}, "a.png is an array of float64 and shape (2, 2)"),
        ({"a.png": np.zeros((0, 2), np.uint8)}, "shape (0, 2)"),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, files: dict[str, Any], message: str) -> None:
    with pytest.raises(AuthorError) as caught:
        write_images(tmp_path / "root", files)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: csv_files(columns=(0, 2)), "columns=(0, 2)"),
        (lambda: csv_files(rows=(3, 2)), "rows=(3, 2)"),
        (lambda: image_folders(classes=(1, 99)), "classes=(1, 99)"),
        (lambda: image_folders(modes=("CMYK",)), "modes=('CMYK',)"),
        (lambda: segmentation_folders(modes=()), "modes=()"),
    ],
)
def test_what_cannot_be_drawn(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(AuthorError) as caught:
        make()
    assert message in caught.value.message
