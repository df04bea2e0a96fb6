"""The picture of two tensors on a page: its squares, their grounds and frames, and where the text stays alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.records.findings import Finding
from grader.results.render.html import exercise_part
from grader.results.render.picture import MOST_COLUMNS, Plate, plates
from grader.results.report import submission_report
from tests import samples, snapshot
from tests.judging.checks.test_messages import in_both
from tests.results.render.test_drawing import PAIRS
from tests.results.render.test_html import structure


def part(expected: str, got: str) -> str:
    finding = Finding(kind="value", must=True, message="It differs.", expected=expected, actual=got)
    verdict = samples.decide("einsum.inner", "failed", 1, findings=[finding])
    return exercise_part(submission_report("you", "einsum", "", [verdict]).exercises[0])


def written(plate: Plate) -> list[list[str]]:
    """Return the entries of a plate by row, those with a frame between two signs."""
    return [[f">{one.text}<" if one.wrong else one.text for one in row] for block in plate.blocks for row in block.rows]


def test_a_part_of_a_page_in_both_languages() -> None:
    def told() -> Iterator[str]:
        yield part(*PAIRS[2])

    snapshot.check("picture.html", in_both(told))


@pytest.mark.parametrize(
    ("pair", "difference"),
    [
        (PAIRS[0], [["·", ">-22<", "·"]]),
        (PAIRS[1], [["·", ">+0.5<"], ["·", "·"]]),
        (PAIRS[3], [["·", ">≠<"]]),
        (PAIRS[4], [["·", ">≠<", ">≠<"]]),
        (("tensor([1.+2.j, 0.+0.j])", "tensor([1.+3.j, 0.+0.j])"), [[">≠<", "·"]]),
    ],
)
def test_the_difference_stands_where_an_entry_differs(pair: tuple[str, str], difference: list[list[str]]) -> None:
    assert written(plates(*pair)[2]) == difference


def test_a_ground_tells_size_and_sign_and_no_number_is_hidden_by_it() -> None:
    squares = plates("tensor([0., 2., -4., nan])", "tensor([0., 2., 4., nan])")[0].blocks[0].rows[0]
    colours = [square.ground.removeprefix("rgba(").rpartition(", ") for square in squares]
    assert [float(seen.rstrip(")")) for _, _, seen in colours] == [0.04, 0.23, 0.42, 0.42]
    assert len({hue for hue, _, _ in colours}) == 3


def test_three_dimensions_are_drawn_block_by_block_and_other_shapes_without_a_difference() -> None:
    plate = plates(*PAIRS[2])[0]
    assert [block.label for block in plate.blocks] == ["[0]", "[1]"]
    assert [plate.shape for plate in plates("tensor([2, 1])", "tensor([[1, 2, 3]])")] == ["(2,)", "(1, 3)"]


@pytest.mark.parametrize("text", ["tensor(3)", "None", f"tensor([{', '.join(['1'] * (MOST_COLUMNS + 1))}])"])
def test_text_stays_alone_where_a_picture_would_say_less(text: str) -> None:
    assert plates(text, "tensor([1])") == []
    assert "<table" not in part(text, "tensor([1])")


def test_hostile_entries_stay_text() -> None:
    page = part("tensor([1])", "tensor([<script>alert(1)</script>])")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert structure(page).tags <= {"div", "p", "b", "span", "table", "tr", "td", "details", "summary", "pre", "mark"}


@pytest.mark.parametrize(("page", "ink"), [(255, 33), (17, 225)])
def test_numbers_can_be_read_on_the_fullest_ground_of_both_themes(page: int, ink: int) -> None:
    """WCAG's contrast for plain text, of JupyterLab's ink on its pages."""
    for row in plates("tensor([9., -9., nan])", "tensor([8., 9., 1.])")[0].blocks[0].rows:
        for square in row:
            *hue, seen = map(float, square.ground.removeprefix("rgba(").rstrip(")").split(","))
            ground = luminance(*(seen * part + (1 - seen) * page for part in hue))
            dark, light = sorted([ground, luminance(ink, ink, ink)])
            assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(*parts: float) -> float:
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
