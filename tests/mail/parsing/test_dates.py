"""The Date field, however it is written."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.parsing.dates import moment, timestamp

MOMENT = 1_795_421_700  # 23 November 2026, 08:15 UTC


@pytest.mark.parametrize(
    ("field", "zone"),
    [
        ("Mon, 23 Nov 2026 09:15:00 +0100", 60),
        ("23 Nov 2026 09:15 +0100", 60),
        ("Mon, 23 Nov 26 09:15:00 +0100", 60),
        ("Mon, 23 November 2026 09:15:00 +0100 (CET)", 60),
        ("Mon, 23 Nov 2026 09.15.00 +01:00", 60),
        ("Mon, 23-Nov-2026 09:15:00 CET", 60),
        ("Mon, 23 Nov 2026 08:15:00 GMT", 0),
        ("Mon, 23 Nov 2026 08:15:00", 0),
        ("Mon, 23 Nov 2026 03:15:00 EST", -300),
        ("Mon, 23 Nov 2026 05:45:00 -0230", -150),
        ("Mon Nov 23 08:15:00 2026", 0),
        ("2026-11-23T09:15:00+01:00", 60),
        ("2026-11-23 08:15:00", 0),
        ("Mon Nov 23 09:15:00 CET 2026", 60),
        ("Mon Nov 23 2026 09:15:00 GMT+0100 (CET)", 60),
        ("Monday, November 23, 2026 8:15 AM", 0),
        ("Sun, 22 Nov 2026 8:15:0 pm -1200", -720),
        ("lun., 23 nov. 2026 09:15:00.250 +0100", 60),
        ("Mon, 23 Nov 2026 09:15:00 0100", 60),
        ("Mon, 23 Nov 2026 00:15:00 pst", -480),
        ("Mon, 23 Nov 2026 17:15 JST", 540),
        ("Mon, Nov 23 26 08:15:00", 0),
        ("Mon, 23 Nov 2026 04:15:00 (EDT) -0400", -240),
        ("Mon Nov 23 09:15:00 +0100 2026", 60),
        ("2026/11/23 08:15:00", 0),
        ("Mon 23.11.2026 08:15", 0),
        ("23-11-2026 09:15:00 +0100", 60),
    ],
)
def test_a_date_is_read(field: str, zone: int) -> None:
    read = moment(field)
    assert read is not None
    assert (timestamp(field), read.utcoffset()) == (MOMENT, timedelta(minutes=zone))


@pytest.mark.parametrize(
    ("name", "month"),
    [("déc", 12), ("Dez", 12), ("dic", 12), ("Okt", 10), ("März", 3), ("ago", 8), ("juil.", 7)],
)
def test_a_month_is_read_in_the_languages_around(name: str, month: int) -> None:
    read = moment(f"1 {name} 2026 10:00:00 +0100")
    assert read is not None
    assert read.month == month


@pytest.mark.parametrize(
    ("field", "read"),
    [
        ("Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)", "1969-02-13T23:32:00-03:30"),
        ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T09:55:06-06:00"),
        ("Thu, 1 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00+00:00"),
        ("Fri, 21 Nov 69 09:55:06 GMT", "1969-11-21T09:55:06+00:00"),
        ("Fri, 21 Nov 100 09:55:06 GMT", "2000-11-21T09:55:06+00:00"),
    ],
)
def test_the_dates_of_the_old_days_are_read(field: str, read: str) -> None:
    found = moment(field)
    assert found is not None
    assert found.isoformat() == read


@pytest.mark.parametrize(
    "field",
    [
        "",
        "hier",
        "Mon, 99 Nov 2026 09:15:00",
        "Mon, 23 Nov 0001 09:15:00",
        "Mon, 23 Foo 2026 09:15:00",
        "Mon, 23 Nov 2026 99:99:99",
        "2026-99-23T09:15:00",
        "1 " * 30_000,
        "1 Jan" + "-" * 60_000,
        "(" * 60_000,
    ],
)
def test_what_is_no_date_is_none(field: str) -> None:
    assert timestamp(field) == 0


@given(st.text(st.sampled_from("0123456789 :-+TZJanFebMon,.")))
def test_reading_a_date_never_raises(field: str) -> None:
    assert timestamp(field) >= 0
    moment(field)
