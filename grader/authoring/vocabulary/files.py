"""Write drawn files where a probe wants them: the scratch directory of the runner."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.records.errors import AuthorError


def write_csv(path: str | Path, table: Mapping[str, Any]) -> Path:
    """Write a table `{"header": [...], "rows": [[...], ...]}` as a CSV file, and return its path.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(f"{folder}/t.csv", {"header": ["a", "b, c"], "rows": [[1, 2.5]]}).read_text()
    'a,"b, c"\\n1,2.5\\n'
    """
    path = Path(path)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table["header"])
        writer.writerows(table["rows"])
    return path


def write_images(root: str | Path, files: Mapping[str, Any]) -> Path:
    """Write files below a folder, and return the folder: `files` maps a relative path to its content.

    A uint8 array (H, W), (H, W, 3) or (H, W, 4) becomes an image in the format of its suffix, a str a text file, None
    an empty folder. Raises `AuthorError` for a path that leaves the folder.
    """
    root = Path(root)
    root.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = root / name
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise AuthorError(f"write_images: {name!r} leaves the folder", hint="Use a relative path below it.")
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            _write_image(path, content)
    return root


def _write_image(path: Path, content: Any) -> None:
    import numpy as np
    from PIL import Image

    array = np.asarray(content)
    if array.dtype != np.uint8 or array.ndim not in (2, 3) or 0 in array.shape:
        raise AuthorError(
            f"write_images: {path.name} is an array of {array.dtype} and shape {array.shape}",
            hint="An image is a non-empty uint8 array (H, W), (H, W, 3) or (H, W, 4).",
        )
    Image.fromarray(array).save(path)
