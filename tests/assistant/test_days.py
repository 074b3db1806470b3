"""Days as teachers type them, on Tuesday 24 November 2026."""

from datetime import date

import pytest

from acterm.assistant.days import parse_day
from acterm.errors import UsageError

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("aujourd’hui", date(2026, 11, 24)),
        ("demain", date(2026, 11, 25)),
        ("Après-demain", date(2026, 11, 26)),
        ("vendredi", date(2026, 11, 27)),
        ("mardi", date(2026, 12, 1)),
        ("lundi prochain", date(2026, 11, 30)),
        ("12/12", date(2026, 12, 12)),
        ("12/12/2026", date(2026, 12, 12)),
        ("12.12.26", date(2026, 12, 12)),
        ("12 12", date(2026, 12, 12)),
        ("3/1", date(2027, 1, 3)),
        ("le 19 décembre", date(2026, 12, 19)),
        ("samedi 19 décembre 2026", date(2026, 12, 19)),
        ("1er janvier", date(2027, 1, 1)),
        ("19 déc.", date(2026, 12, 19)),
        ("jusqu’au 3 janvier inclus", date(2027, 1, 3)),
        ("du 19/12", date(2026, 12, 19)),
        ("dans 3 jours", date(2026, 11, 27)),
        ("dans 2 semaines", date(2026, 12, 8)),
        ("J+10", date(2026, 12, 4)),
        ("2026-12-19", date(2026, 12, 19)),
        ("29/2/2028", date(2028, 2, 29)),
        ("tomorrow", date(2026, 11, 25)),
        ("friday", date(2026, 11, 27)),
        ("19 december", date(2026, 12, 19)),
    ],
)
def test_a_day_is_understood(typed: str, day: date) -> None:
    if day.year == 2028:
        assert parse_day(typed, date(2027, 6, 1)) == day
    else:
        assert parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["", "bientôt", "32/12", "12/13", "0/0", "30 février", "12", "ju 3", "99999", "é" * 500],
)
def test_what_is_no_day_is_told_with_examples(typed: str) -> None:
    with pytest.raises(UsageError, match="19/12"):
        parse_day(typed, TODAY)


@pytest.mark.parametrize("typed", ["23/11/2026", "01/01/2020"])
def test_a_day_that_is_over_is_told(typed: str) -> None:
    with pytest.raises(UsageError, match="passé"):
        parse_day(typed, TODAY)


def test_a_slip_in_the_year_is_told() -> None:
    with pytest.raises(UsageError, match="année"):
        parse_day("12/12/2062", TODAY)
