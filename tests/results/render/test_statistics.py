"""Class statistics: what was not judged counts neither as passed nor as failed."""

from __future__ import annotations

import msgspec

from grader.records.verdict import Part
from grader.results.render.statistics import exercise_statistics, mean_points
from tests import samples


def test_pass_shares_and_troubles() -> None:
    by_id = {one.id: one for one in exercise_statistics(samples.a_class())}
    trace = by_id["einsum.trace"]
    assert (trace.judged, trace.passed, trace.share) == (4, 1, 0.25)
    assert trace.troubles == (("exception", 2), ("unreadable", 1))
    assert by_id["einsum.row_sums"].troubles == (("wrong value", 1),)


def test_what_was_not_judged_is_left_out() -> None:
    dot = next(one for one in exercise_statistics(samples.a_class()) if one.id == "einsum.dot")
    assert (dot.judged, dot.passed) == (3, 1)
    assert mean_points(samples.a_class(), "einsum") == 1.33
    assert mean_points(samples.report(samples.submission(samples.kim())), "einsum") is None


def test_parts_have_a_share_of_their_own() -> None:
    parts = (Part("dot", True, 1.0, 1.0), Part("of_matrices", False, 0.0, 2.0))
    passing = samples.submission(samples.perfect("dot")).exercises[0]
    half = msgspec.structs.replace(passing, outcome="failed", parts=parts)
    unjudged = msgspec.structs.replace(half, outcome="not_judged", points=None)
    one = samples.submission([])
    both = (msgspec.structs.replace(one, exercises=(exercise,)) for exercise in (half, unjudged))
    rows = exercise_statistics(samples.report(*both))
    assert [(one.id.partition(" · ")[2], one.judged, one.passed) for one in rows] == [
        ("", 1, 0),
        ("dot", 1, 1),
        ("of_matrices", 1, 0),
    ]
