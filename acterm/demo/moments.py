"""Dates of the sample mails, relative to now, and the French words that name them.

A day is a school day: an offset of one from a Friday is the next Monday.
"""

import datetime
import re
from functools import cache

_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_TERMS = {9: "1er", 10: "1er", 11: "1er", 12: "2e", 1: "2e", 2: "2e", 3: "3e"}
_AGO = re.compile(r"(\d+) (min|h|j)(?: (\d\d):(\d\d))?")
_PLACE = re.compile(r"\{\{(\w+)(?: ([+-]\d+))?\}\}")


def ago(words: str, now: datetime.datetime) -> datetime.datetime:
    """« 12 min », « 3 h », « 4 j 18:20 » before now."""
    found = _AGO.fullmatch(words)
    if not found:
        raise ValueError(words)
    count = int(found[1])
    if found[2] != "j":
        unit = datetime.timedelta(minutes=1) if found[2] == "min" else datetime.timedelta(hours=1)
        return now - count * unit
    day = school_day(now.date(), -count)
    moment = datetime.time(int(found[3] or 8), int(found[4] or 15), count * 7 % 60)
    return datetime.datetime.combine(day, moment).astimezone()


@cache
def school_day(day: datetime.date, offset: int) -> datetime.date:
    """The day so many school days later, or earlier."""
    step = datetime.timedelta(days=1 if offset > 0 else -1)
    for _each in range(abs(offset)):
        day += step
        while day.weekday() >= 5:
            day += step
    return day


def long_date(day: datetime.date) -> str:
    """« mardi 24 novembre »."""
    number = "1er" if day.day == 1 else day.day
    return f"{_WEEKDAYS[day.weekday()]} {number} {_MONTHS[day.month - 1]}"


def filled(text: str, today: datetime.date) -> str:
    """The text with its `{{jour +6}}`, `{{date -3}}`, `{{an}}`, `{{trimestre}}` … written out."""
    return _PLACE.sub(lambda found: _word(found[1], int(found[2] or 0), today), text)


def _word(name: str, offset: int, today: datetime.date) -> str:
    if name == "an":
        return str(today.year + offset)
    if name == "scolaire":
        year = today.year + offset - (today.month < 8)
        return f"{year}-{year + 1}"
    if name == "trimestre":
        return f"{_TERMS.get(today.month, '3e')} trimestre"
    day = school_day(today, offset)
    if name == "date":
        return f"{day:%d/%m/%Y}"
    if name == "compact":
        return f"{day:%Y%m%d}"
    if name in ("jour", "Jour"):
        words = long_date(day)
        return words if name == "jour" else words.capitalize()
    raise ValueError(name)
