"""Dates and numbers read well and never outgrow their column."""

import time
from datetime import date, datetime, timedelta

import pytest
from rich.cells import cell_len

from acterm import i18n
from acterm.mail.folder import Folder, Role
from acterm.ui import format as people

TODAY = date(2026, 11, 24)  # a Tuesday


def _moment(day: date, hour: int = 14, minute: int = 2) -> int:
    return int(datetime(day.year, day.month, day.day, hour, minute).timestamp())


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2026, 11, 24), "14:02", "14:02"),
        (date(2026, 11, 23), "hier", "yest."),
        (date(2026, 11, 22), "dim. 22", "Sun 22"),
        (date(2026, 11, 18), "mer. 18", "Wed 18"),
        (date(2026, 11, 17), "17 nov.", "17 Nov"),
        (date(2026, 2, 3), "3 févr.", "3 Feb"),
        (date(2024, 12, 31), "12/2024", "12/2024"),
        (date(2027, 1, 5), "5 janv.", "5 Jan"),
    ],
)
def test_dates_are_short(day: date, french: str, english: str) -> None:
    assert people.short_date(_moment(day), TODAY) == french
    i18n.set_language("en")
    assert people.short_date(_moment(day), TODAY) == english


def test_no_date_outgrows_its_column() -> None:
    for days in range(-10, 800):
        words = people.short_date(_moment(TODAY - timedelta(days=days)), TODAY)
        assert 0 < cell_len(words) <= people.DATE_WIDTH


@pytest.mark.parametrize("moment", [0, -1, 10**12, 10**18, -(10**18)])
def test_impossible_dates_do_no_harm(moment: int) -> None:
    assert cell_len(people.short_date(moment, TODAY)) <= people.DATE_WIDTH + 2


def test_numbers_are_grouped() -> None:
    assert people.number(1204) == "1\u202f204"
    i18n.set_language("en")
    assert people.number(1234567) == "1,234,567"


def test_counts_are_words() -> None:
    assert people.counts(12, 1204) == "12 non lus sur 1\u202f204"
    assert people.counts(1, 3) == "1 non lu sur 3"
    assert people.counts(0, 34) == "34 mails"
    assert people.counts(0, 0) == "vide"


def test_a_folder_with_a_role_has_our_name_for_it() -> None:
    inbox = Folder(1, 1, "INBOX", "INBOX", "/", Role.INBOX)
    classe = Folder(2, 1, "Classes/4eC/Parents", "Classes/4eC/Parents", "/", Role.NONE)
    assert people.folder_name(inbox) == "Boîte de réception"
    assert people.folder_name(classe) == "Parents"
    assert people.folder_path(classe) == "Classes › 4eC › Parents"


def test_below_a_folder_with_a_role_its_name_is_ours_too() -> None:
    archive = Folder(1, 1, "Archive", "Archive", "/", Role.ARCHIVE)
    year = Folder(2, 1, "Archive/2025", "Archive/2025", "/", Role.NONE)
    month = Folder(3, 1, "Archive/2025/Mai", "Archive/2025/Mai", "/", Role.NONE)
    own = (archive, year, month)
    assert [people.folder_path(one, own) for one in own] == [
        "Archives",
        "Archives › 2025",
        "Archives › 2025 › Mai",
    ]


def test_sizes_are_rounded() -> None:
    assert people.size(86_016) == "84\u00a0Ko"
    assert people.size(1_258_291) == "1,2\u00a0Mo"
    assert people.size(1) == "1 octet"


def test_since_tells_the_day_when_it_is_not_today() -> None:
    assert people.since(_moment(TODAY), TODAY) == "14:02"
    assert people.since(_moment(TODAY - timedelta(days=1)), TODAY) == "hier 14:02"
    assert people.clock(time.time())
