"""Open now? By the clock of Paris, with the public holidays of France."""

import datetime

import pytest

from acterm.academy import directory, helpdesk, opening
from acterm.academy.opening import PARIS

OFFICE = "1-5 08:00-12:00 14:00-17:00"


def _at(day: str, time: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("day", "time", "is_open", "until"),
    [
        ("2026-11-24", "08:00", True, "2026-11-24T12:00"),
        ("2026-11-24", "11:59", True, "2026-11-24T12:00"),
        ("2026-11-24", "12:00", False, "2026-11-24T14:00"),
        ("2026-11-24", "17:00", False, "2026-11-25T08:00"),
        ("2026-11-27", "18:00", False, "2026-11-30T08:00"),
        ("2026-11-11", "10:00", False, "2026-11-12T08:00"),
        ("2026-12-24", "18:00", False, "2026-12-28T08:00"),
        ("2027-05-06", "10:00", False, "2027-05-07T08:00"),
    ],
)
def test_open_or_closed_and_until_when(day: str, time: str, is_open: bool, until: str) -> None:
    week = opening.parse(OFFICE)
    assert week is not None
    found = week.standing(_at(day, time))
    assert (found.open, found.until) == (is_open, _at(*until.split("T")))


def test_the_clock_is_that_of_paris_wherever_one_is() -> None:
    week = opening.parse(OFFICE)
    assert week is not None
    reunion = datetime.timezone(datetime.timedelta(hours=4))
    assert week.standing(datetime.datetime(2026, 7, 1, 10, 30, tzinfo=reunion)).open
    assert not week.standing(datetime.datetime(2026, 7, 1, 9, 30, tzinfo=reunion)).open


def test_the_hour_that_winter_gives_back_is_reckoned_with() -> None:
    week = opening.parse("1-7 00:00-04:00")
    assert week is not None
    assert week.standing(datetime.datetime(2026, 10, 25, 2, 30, tzinfo=datetime.UTC)).open
    assert not week.standing(datetime.datetime(2026, 10, 25, 3, 30, tzinfo=datetime.UTC)).open


@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25",
     "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"],
)  # fmt: skip
def test_the_eleven_public_holidays(day: str) -> None:
    assert opening.is_holiday(datetime.date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-04-03", "2026-04-05", "2026-12-26", "2026-11-24"])
def test_other_days_are_none(day: str) -> None:
    assert not opening.is_holiday(datetime.date.fromisoformat(day))


@pytest.mark.parametrize("written", ["", "le matin", "1-5", "1-5 8:00-12:00", "0-5 08:00-12:00"])
def test_hours_that_are_told_in_words_only_are_not_guessed(written: str) -> None:
    assert opening.parse(written) is None


def test_every_week_of_the_facts_can_be_reckoned_with() -> None:
    weeks = [
        one.week
        for academy in directory.academies().values()
        for one in helpdesk.contacts(academy)
        if one.kind.endswith("hours")
    ]
    assert weeks
    assert all(opening.parse(week) for week in weeks)
