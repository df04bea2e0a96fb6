import datetime

import pytest

from grader.records.errors import UsageError
from grader.submissions.collect.times import named_zone, parse_timestamp, write_timestamp


def test_what_is_written_reads_back():
    moment = datetime.datetime(2030, 2, 3, 4, 5, 6, 789000, tzinfo=datetime.UTC)
    assert parse_timestamp(write_timestamp(moment)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2030-02-03 04:05:06.789 UTC",
        "2030-02-03 13:05:06.789 +0900",
        "2030-02-03T13:05:06.789+09:00",
        "2030-02-03 13:05:06.789 Asia/Seoul",
        "2030-02-03 04:05:06.789",
        " 2030-02-03 04:05:06.789 UTC\n",
    ],
)
def test_zones_lead_to_the_same_moment(text):
    moment = datetime.datetime(2030, 2, 3, 4, 5, 6, 789000, tzinfo=datetime.UTC)
    assert parse_timestamp(text) == moment


@pytest.mark.parametrize("text", ["", "soon", "2030-13-01 00:00:00 UTC", "2030-01-01 00:00:00 Nowhere/Land"])
def test_anything_else_is_no_timestamp(text):
    assert parse_timestamp(text) is None


def test_nbgrader_reads_what_is_written():
    parse_utc = pytest.importorskip("nbgrader.utils").parse_utc
    moment = datetime.datetime(2030, 2, 3, 4, 5, 6, tzinfo=datetime.UTC)
    assert parse_utc(write_timestamp(moment)) == moment.replace(tzinfo=None)


def test_an_unknown_zone_is_named():
    with pytest.raises(UsageError) as caught:
        named_zone("Mars/Base")
    assert "no time zone 'Mars/Base'" in str(caught.value)
    assert "Europe/Berlin" in str(caught.value)
