"""The results files of Gradescope, Classroom 50, Autolab and PrairieLearn, against what those formats state."""

from __future__ import annotations

import datetime
import json

import jsonschema
import pytest

from grader.integrations.exporters.kinds import export
from grader.integrations.exporters.prairielearn import MAX_BYTES
from grader.integrations.exporters.sheet import Sheet, sheet_of
from grader.records.errors import UsageError
from grader.records.findings import Finding
from grader.records.verdict import decide
from tests import samples
from tests.integrations.exporters import schemas


@pytest.fixture
def ada() -> Sheet:
    return sheet_of(samples.report(samples.submission(samples.ada())))


def test_gradescope(ada: Sheet) -> None:
    result = json.loads(export(ada, "gradescope", visibility="after_due_date").data)
    jsonschema.validate(result, schemas.GRADESCOPE)
    assert result["score"] == 1.0
    assert result["visibility"] == "after_due_date"
    assert all("visibility" not in test for test in result["tests"])


def test_gradescope_while_it_is_still_grading(ada: Sheet) -> None:
    result = json.loads(export(ada, "gradescope", number_of_exercises=10).data)
    jsonschema.validate(result, schemas.GRADESCOPE)
    assert "score" not in result
    assert "2 exercises were not reached" in result["output"]


def test_classroom50(ada: Sheet) -> None:
    moment = datetime.datetime(2026, 9, 1, 12, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=9)))
    env = {"CLASSROOM": "dl", "OWNER": "ada-l", "ASSIGNMENT_TYPE": "group", "SUBMISSION_TAG": "submit/7"}
    result = json.loads(export(ada, "classroom50", environment=env, now=moment).data)
    jsonschema.validate(result, schemas.CLASSROOM50)
    assert result["datetime"] == "2026-09-01T03:30:00Z"
    assert (result["score"], result["max-score"]) == (2, 19)  # 1 of 9.5: one exercise is worth one and a half
    assert (result["owner"], result["assignment_type"]) == ("ada-l", "group")


def test_a_score_of_a_fraction_is_no_valid_result(ada: Sheet) -> None:
    result = json.loads(export(ada, "classroom50").data) | {"score": 1.5}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(result, schemas.CLASSROOM50)


def test_prairielearn(ada: Sheet) -> None:
    result = json.loads(export(ada, "prairielearn").data)
    jsonschema.validate(result, schemas.PRAIRIELEARN)
    assert result["score"] == pytest.approx(1 / 9.5)


def test_prairielearn_stays_below_its_limit() -> None:
    long = Finding(kind="raised", must=True, message="김" * 20_000, printed="x\n" * 9_000)
    many = [decide(f"einsum.e{n}", "raised", 1, findings=[long]) for n in range(40)]
    data = export(sheet_of(samples.report(samples.submission(many))), "prairielearn").data
    assert len(data) <= MAX_BYTES
    jsonschema.validate(json.loads(data), schemas.PRAIRIELEARN)


def test_autolab_is_one_line(ada: Sheet) -> None:
    data = export(ada, "autolab").data
    assert data.count(b"\n") == 1
    assert json.loads(data)["scores"]["transpose"] == 1.0


def test_an_unknown_format_names_the_nearest(ada: Sheet) -> None:
    with pytest.raises(UsageError) as caught:
        export(ada, "canvass")
    assert "canvas" in (caught.value.hint or "")
