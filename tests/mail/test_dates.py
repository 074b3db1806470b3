"""The Date field, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.dates import timestamp, zone_minutes

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
    ],
)
def test_a_date_is_read(field: str, zone: int) -> None:
    assert (timestamp(field), zone_minutes(field)) == (MOMENT, zone)


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
    ],
)
def test_what_is_no_date_is_none(field: str) -> None:
    assert timestamp(field) == 0


@given(st.text(st.sampled_from("0123456789 :-+TZJanFebMon,.")))
def test_reading_a_date_never_raises(field: str) -> None:
    assert timestamp(field) >= 0
    assert abs(zone_minutes(field)) < 24 * 60
