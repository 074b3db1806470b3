"""The Date field (RFC 5322 §3.3), and how old or careless mailers write it."""

import calendar
import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

_ZONE = r"[ \t]*\"?(?:([A-Za-z]{1,5})(?![A-Za-z]))?(?:([+-]?)([0-9]{1,2}):?([0-9]{2})?(?![0-9:]))?"
_TIME = r"([0-9]{1,2}) ?[:.] ?([0-9]{1,2})(?: ?[:.] ?([0-9]{1,2})(?:[.,][0-9]{1,9})?)?"
_HALF = r"(?: ?([AaPp])\.?[Mm]\b\.?)?"
_MONTH = r"([^\W\d_]{3,9})\.?"
_DATE = re.compile(
    rf"([0-9]{{1,2}})[ -]{{1,9}}{_MONTH}[ -]{{1,9}}([0-9]{{2,4}}),? {{1,9}}{_TIME}{_HALF}{_ZONE}"
)
_MONTH_FIRST = re.compile(
    rf"{_MONTH} ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}}|[0-9]{{2}}),? (?:at )?"
    rf"{_TIME}{_HALF}{_ZONE}"
)
_CTIME = re.compile(
    rf"{_MONTH} ([0-9]{{1,2}}) {_TIME}(?: ([A-Za-z]{{3,5}}))?(?: ?([+-][0-9]{{4}}))? ([0-9]{{4}})"
    r"(?: ([+-][0-9]{4}))?\b"
)
_FIGURES = re.compile(
    rf"\b([0-9]{{1,2}})[.-]([0-9]{{1,2}})[.-]([0-9]{{4}}),? {_TIME}{_HALF}{_ZONE}"
)
_ISO = re.compile(
    rf"([0-9]{{4}})[-/]([0-9]{{1,2}})[-/]([0-9]{{1,2}})[T ]([0-9]{{2}}):([0-9]{{2}})"
    rf"(?::([0-9]{{2}}))?(?:[.,][0-9]{{1,9}})?{_ZONE}"
)
# How nearly every mailer writes it.
_USUAL = re.compile(
    r" ?(?:[A-Z][a-z]{2}, )?([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4})"
    r" ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-])([0-9]{2})([0-9]{2})(?![0-9])"
)
_COMMENT = re.compile(r"\([^()]{0,200}\)")
_LONGEST = 200
# By the first three letters, those of our neighbours too, where four do not tell more.
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            *("jan ene gen", "feb fev fév", "mar mär mrz", "apr avr abr", "may mai mag"),
            *("jun juin giu", "jul juil lug", "aug aou aoû ago", "sep set", "oct okt ott out"),
            *("nov", "dec déc dez dic"),
        ],
        1,
    )
    for name in names.split()
}
# Hours of the zones that mailers name (RFC 5322 §4.3); the others are read as UTC.
_ZONES = {
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
    **{"CET": 1, "MET": 1, "CEST": 2, "MEST": 2, "BST": 1, "WEST": 1, "EET": 2, "EEST": 3},
    **{"MSK": 3, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
}


class _Read(NamedTuple):
    """Seconds since 1970 on the clock that the field shows, and its minutes east of UTC."""

    seconds: int
    zone: int


def timestamp(value: str) -> int:
    """A Date field in seconds since 1970 UTC, 0 when it cannot be read (RFC 5322 §3.3).

    The dates of C programs and ISO 8601 are read as well.
    """
    found = _usual(value) or _read(value)
    return max(found.seconds - found.zone * 60, 0) if found else 0


def moment(value: str) -> datetime | None:
    """A Date field in the zone of its sender, of any year; None when it cannot be read."""
    found = _usual(value) or _read(value)
    if found is None:
        return None
    zone = timezone(timedelta(minutes=found.zone))
    try:
        return datetime(1970, 1, 1, tzinfo=zone) + timedelta(seconds=found.seconds)
    except OverflowError:
        return None


def _usual(value: str) -> _Read | None:
    """The quick way for a date that is as it should be."""
    found = _USUAL.match(value)
    if found is None:
        return None
    day, name, year, hour, minute, second, sign, hours, minutes = found.groups()
    month, zone = _MONTHS.get(name.lower(), 0), int(hours) * 60 + int(minutes)
    known = month and 1 <= int(day) <= 31 and int(hour) < 24 and int(minute) < 60
    if not known or zone >= 24 * 60 or int(second) > 59 or year == "0000":
        return None
    time = (int(year), month, int(day), int(hour), int(minute), int(second))
    return _Read(calendar.timegm(time), -zone if sign == "-" else zone)


def _read(value: str) -> _Read | None:
    found = None if "(" in value else _DATE.search(value[:_LONGEST])
    if found is None:
        value = " ".join(_COMMENT.sub(" ", value[:_LONGEST]).split()).replace(" :", ":")
        found = _DATE.search(value)
    if found:
        day, month, year, *rest = found.groups()
    elif found := _MONTH_FIRST.search(value):
        month, day, year, *rest = found.groups()
    elif found := _CTIME.search(value):
        month, day, *time, name, before, year, after = found.groups()
        offset = before or after
        sign, hours, minutes = (offset[0], offset[1:3], offset[3:]) if offset else (None,) * 3
        rest = [*time, None, name, sign, hours, minutes]
    elif found := _FIGURES.search(value):
        day, month, year, *rest = found.groups()
    elif found := _ISO.search(value):
        year, month, day, *rest = found.groups()
        rest.insert(3, None)
    else:
        return None
    seconds = _seconds(_full_year(year), _month(month), int(day), rest[:4])
    return None if seconds is None else _Read(seconds, _zone(rest[4:]))


def _full_year(year: str) -> int:
    """Years of two and of three figures are those of RFC 5322 §4.3."""
    number = int(year)
    if len(year) > 3:
        return number
    return number + (2000 if len(year) == 2 and number < 50 else 1900)


def _month(name: str) -> int:
    if name.isdecimal():
        return int(name)
    name = name.lower()
    return _MONTHS.get(name[:4]) or _MONTHS.get(name[:3], 0)


def _seconds(year: int, month: int, day: int, time: list[str | None]) -> int | None:
    """Seconds since 1970 as if it were UTC, None when it is no date."""
    hour, minute, second = (int(figure or 0) for figure in time[:3])
    half = (time[3] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    if hour > 24 or minute > 59:
        return None
    return calendar.timegm((year, month, day, hour, minute, min(second, 59)))


def _zone(given: list[str | None]) -> int:
    """Minutes east of UTC, from the name of a zone, sign, hours and minutes."""
    name, sign, hours, minutes = given
    if not hours or not (sign or minutes):
        return _ZONES.get((name or "").upper(), 0) * 60
    size = int(hours) * 60 + int(minutes or 0)
    if size >= 24 * 60:
        return 0
    return -size if sign == "-" else size
