"""The Date field (RFC 5322 §3.3), and how old or careless mailers write it."""

import calendar
import re
from collections.abc import Sequence

_DATE = re.compile(
    r"([0-9]{1,2})[ -]+([A-Za-z]{3})[a-z]*\.?[ -]+([0-9]{2,4}),?\s+"
    r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?\s*(?:([+-])([0-9]{2}):?([0-9]{2})|([A-Z]{3,4})\b)?"
)
_CTIME = re.compile(
    r"([A-Za-z]{3}) +([0-9]{1,2}) +([0-9]{2}):([0-9]{2}):([0-9]{2}) (?:[A-Z]{3,4} )?([0-9]{4})\b"
)
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(?:\.[0-9]+)?"
    r"\s*(?:([+-])([0-9]{2}):?([0-9]{2}))?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
# Hours of the zones that old mailers name (RFC 5322 §4.3); the others are read as UTC.
_ZONES = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "CET": 1,
    "MET": 1,
    "CEST": 2,
    "MEST": 2,
    "BST": 1,
}


def timestamp(value: str) -> int:
    """A Date field in seconds since 1970 UTC, 0 when it cannot be read (RFC 5322 §3.3).

    The dates of C programs and ISO 8601 are read as well.
    """
    found = _DATE.search(value)
    if not found:
        return _odd_timestamp(value)
    day, month, year, hour, minute, second, *offset = found.groups()
    full_year = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < 70 else 1900)
    moment = _moment(full_year, month, int(day), int(hour), int(minute), int(second or 0))
    return max(moment - _offset(offset) * 60, 0) if moment else 0


def zone_minutes(value: str) -> int:
    """The offset of a Date field from UTC, 0 when it has none."""
    found = _DATE.search(value)
    if found:
        minutes = _offset(found.groups()[6:])
    elif iso := _ISO.search(value):
        minutes = _offset(iso.groups()[6:])
    else:
        return 0
    return minutes if abs(minutes) < 24 * 60 else 0


def _odd_timestamp(value: str) -> int:
    if found := _ISO.search(value):
        year, month, day, hour, minute, second, *offset = found.groups()
        names = dict(zip(_MONTHS.values(), _MONTHS, strict=True))
        moment = _moment(
            int(year), names.get(int(month), ""), int(day), int(hour), int(minute), int(second or 0)
        )
        return max(moment - _offset(offset) * 60, 0) if moment else 0
    if found := _CTIME.search(value):
        month, day, hour, minute, second, year = found.groups()
        return _moment(int(year), month, int(day), int(hour), int(minute), int(second))
    return 0


def _moment(year: int, month: str, day: int, hour: int, minute: int, second: int) -> int:
    """Seconds since 1970 as if it were UTC, 0 when it is no date."""
    number = _MONTHS.get(month.lower(), 0)
    if not number or not 1 <= day <= 31 or hour > 24 or minute > 59:
        return 0
    if not 1970 <= year <= 9999:
        return 0
    return max(calendar.timegm((year, number, day, hour, minute, min(second, 59))), 0)


def _offset(zone: Sequence[str | None]) -> int:
    """Minutes east of UTC, from sign, hours, minutes or the name of a zone."""
    sign, hours, minutes, *name = zone
    if sign and hours and minutes:
        size = int(hours) * 60 + int(minutes)
        return -size if sign == "-" else size
    return _ZONES.get((name[0] if name else None) or "", 0) * 60
