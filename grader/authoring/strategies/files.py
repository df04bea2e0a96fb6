"""Files as plain data: CSV tables and folders of images, which probes write with `grader.authoring.vocabulary`."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from grader.authoring.strategies.context import DrawContext
from grader.authoring.strategies.convert import to_value
from grader.records.errors import AuthorError
from grader.records.values import Value

_COLUMNS = ("x", "y", "width", "Label", "a b", "target", "z10", "z9", "길이", "7")
_NUMBERS = (0, 1, -1, 2, 0.5, -2.25, 10, 1000, 1e-05, 3.75, -7, 16777216, 0.1)
_CLASSES = ("cat", "dog", "Zebra", "ant", "10", "9", "naïve", "x y")
_STEMS = ("a", "b", "10", "9", "Z", "img_2", "img_10", "x y")
_CHANNELS = {"RGB": (3,), "L": (), "RGBA": (4,)}
_IDS = ((0,), (0, 1), (0, 2, 5), (3,), (0, 1, 2, 3), (0, 0, 255))


@dataclasses.dataclass(frozen=True)
class CsvFiles:
    """See `csv_files`."""

    columns: tuple[int, int]
    rows: tuple[int, int]
    names: tuple[str, ...]

    def draw(self, context: DrawContext) -> Value:
        """Draw the header, then row by row."""
        if self.names:
            header = list(self.names)
        else:
            header = _some(context, _COLUMNS, context.fresh_size(self.columns, "columns"))
        count = context.fresh_size(self.rows, "rows")
        rows = [[context.pick("number", _NUMBERS) for _ in header] for _ in range(count)]
        return to_value({"header": header, "rows": rows})


@dataclasses.dataclass(frozen=True)
class ImageFolders:
    """See `image_folders`."""

    classes: tuple[int, int]
    images: tuple[int, int]
    modes: tuple[str, ...]
    others: bool

    def draw(self, context: DrawContext) -> Value:
        """Draw class by class: its images, and what else lies about."""
        files: dict[str, Any] = {}
        for name in _some(context, _CLASSES, context.fresh_size(self.classes, "classes")):
            stems = _some(context, _STEMS, context.fresh_size(self.images, "images"))
            for stem in stems:
                files[f"{name}/{stem}.png"] = _image(context, self.modes)
            if not stems:
                files[name] = None
            if self.others and context.pick("others", (False, False, True)):
                files[f"{name}/notes.txt"] = "no image"
        if self.others and context.pick("others", (False, False, True)):
            files["readme.txt"] = "no class"
        return to_value(files)


@dataclasses.dataclass(frozen=True)
class SegmentationFolders:
    """See `segmentation_folders`."""

    count: tuple[int, int]
    modes: tuple[str, ...]

    def draw(self, context: DrawContext) -> Value:
        """Draw pair by pair: an image and a mask of its size."""
        files: dict[str, Any] = {}
        for stem in _some(context, _STEMS, context.fresh_size(self.count, "images")):
            image = _image(context, self.modes)
            height, width = image.shape[:2]
            palette = np.array(context.pick("palette", _IDS), np.uint8)
            choice = context.numbers(height * width, len(palette))
            files[f"images/{stem}.png"] = image
            files[f"masks/{stem}.png"] = palette[choice].reshape(height, width)
        return to_value(files or {"images": None, "masks": None})


def csv_files(
    columns: tuple[int, int] = (1, 4), rows: tuple[int, int] = (0, 5), names: tuple[str, ...] = ()
) -> CsvFiles:
    """A table of numbers for `grader.authoring.vocabulary.write_csv`: a dict with `header` and `rows`.

    Column names are all different, some with blanks or not ASCII; `names` fixes them. Numbers are whole and fractional.

    >>> from grader.authoring.strategies import sample
    >>> table = sample(csv_files(columns=(2, 3)), seed=1)
    >>> all(len(row) == len(table["header"]) for row in table["rows"])
    True
    """
    _check("columns", columns, 1, len(_COLUMNS))
    _check("rows", rows, 0, 100)
    return CsvFiles(columns, rows, tuple(names))


def image_folders(
    classes: tuple[int, int] = (1, 3),
    images: tuple[int, int] = (0, 3),
    *,
    modes: tuple[str, ...] = ("RGB", "L", "RGBA"),
    others: bool = True,
) -> ImageFolders:
    """Folders of PNG images by class, for `write_images` to write: a dict from relative path to content.

    Contents are uint8 arrays (H, W, 3), (H, W) or (H, W, 4) by PIL's mode; None is an empty folder. With `others`, text
    files lie among the images and the classes. Names come in no order, with digits, capitals and blanks.

    >>> from grader.authoring.strategies import sample
    >>> files = sample(image_folders(images=(1, 2), others=False), seed=1)
    >>> all(name.endswith(".png") and image.dtype == "uint8" for name, image in files.items())
    True
    """
    _check("classes", classes, 0, len(_CLASSES))
    _check("images", images, 0, len(_STEMS))
    _check_modes(modes)
    return ImageFolders(classes, images, tuple(modes), others)


def segmentation_folders(
    count: tuple[int, int] = (1, 3), *, modes: tuple[str, ...] = ("RGB", "L")
) -> SegmentationFolders:
    """Images and masks of the same stems and sizes, for `grader.authoring.vocabulary.write_images`.

    `images/<stem>.png` is an image, `masks/<stem>.png` a grey image of object ids: 0 is background, ids have gaps and
    go up to 255, there may be no object.

    >>> from grader.authoring.strategies import sample
    >>> sorted({name.split("/")[0] for name in sample(segmentation_folders(), seed=1)})
    ['images', 'masks']
    """
    _check("count", count, 0, len(_STEMS))
    _check_modes(modes)
    return SegmentationFolders(count, tuple(modes))


def _some(context: DrawContext, words: tuple[str, ...], count: int) -> list[str]:
    """Draw different words, in any order."""
    left = list(words)
    return [left.pop(context.pick("word", range(len(left)))) for _ in range(count)]


def _image(context: DrawContext, modes: tuple[str, ...]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    shape = (
        context.fresh_size((1, 5), "height"),
        context.fresh_size((1, 5), "image width"),
        *_CHANNELS[context.pick("mode", modes)],
    )
    return context.numbers(int(np.prod(shape)), 256).astype(np.uint8).reshape(shape)


def _check(name: str, bounds: tuple[int, int], least: int, most: int) -> None:
    if not least <= bounds[0] <= bounds[1] <= most:
        raise AuthorError(f"{name}={bounds}", hint=f"Give the least and greatest number, within {least}..{most}.")


def _check_modes(modes: tuple[str, ...]) -> None:
    if not modes or any(mode not in _CHANNELS for mode in modes):
        raise AuthorError(f"modes={modes}", hint=f"Use some of {', '.join(_CHANNELS)}.")
