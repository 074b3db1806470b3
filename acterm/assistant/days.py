"""A day as people write it: « demain », « vendredi », « 12/12 », « le 19 décembre »."""

import re
from datetime import date, timedelta

from acterm.errors import UsageError
from acterm.i18n import _
from acterm.mail.fold import fold

_NEAR = {
    "aujourd'hui": 0,
    "ce jour": 0,
    "ce soir": 0,
    "today": 0,
    "demain": 1,
    "tomorrow": 1,
    "apres-demain": 2,
    "apres demain": 2,
}
_WEEKDAYS = (
    ("lundi", "monday"),
    ("mardi", "tuesday"),
    ("mercredi", "wednesday"),
    ("jeudi", "thursday"),
    ("vendredi", "friday"),
    ("samedi", "saturday"),
    ("dimanche", "sunday"),
)
_MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
_AROUND = re.compile(
    r"^(?:(?:a partir )?du |le |jusqu'au |au |on |until )|(?: inclus| au soir|\.)$"
)
_IN_DAYS = re.compile(r"(?:dans|in) (\d{1,3}) (?:jours?|days?)|j ?\+ ?(\d{1,3})")
_IN_WEEKS = re.compile(r"(?:dans|in) (\d{1,2}) (?:semaines?|weeks?)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})(?:er)? ?[/.\- ] ?(\d{1,2})(?: ?[/.\- ] ?(\d{2}|\d{4}))?")
_NAMED = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]{3,9})\.?(?: (\d{4}))?")
_FAR = 550


def parse_day(typed: str, today: date) -> date:
    """The day that is meant, today or later; without a year, the next one. Raises UsageError."""
    example = _("Write for instance 19/12, friday, tomorrow or 19 december.")
    if not typed.strip():
        raise UsageError(_("Nothing was typed."), example)
    words = " ".join(fold(typed).replace("’", "'").split())
    for _again in (1, 2):
        words = _AROUND.sub("", words).strip()
    day = _relative(words, today) or _written(words, today)
    if day is None:
        raise UsageError(
            _("“{typed}” does not read as a day.").format(typed=typed.strip()[:40]),
            example,
        )
    if day < today:
        raise UsageError(_("This day is over."), _("Write the year as well, or a later day."))
    if (day - today).days > _FAR:
        raise UsageError(_("This day is more than eighteen months away: is the year right?"))
    return day


def _relative(words: str, today: date) -> date | None:
    if words in _NEAR:
        return today + timedelta(_NEAR[words])
    if found := _IN_DAYS.fullmatch(words):
        return today + timedelta(int(found[1] or found[2]))
    if found := _IN_WEEKS.fullmatch(words):
        return today + timedelta(7 * int(found[1]))
    name, _space, rest = words.partition(" ")
    for number, names in enumerate(_WEEKDAYS):
        if name in names and rest in ("", "prochain", "qui vient"):
            ahead = (number - today.weekday()) % 7 or 7
            return today + timedelta(ahead)
    return None


def _written(words: str, today: date) -> date | None:
    """With numbers or the month's name; a weekday before it is not needed."""
    name, _space, rest = words.partition(" ")
    if rest and any(name.rstrip(",") in names for names in _WEEKDAYS):
        words = rest
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words):
        return _next(int(found[1]), int(found[2]), _year(found[3]), today)
    if (found := _NAMED.fullmatch(words)) and (month := _month(found[2])):
        return _next(int(found[1]), month, _year(found[3]), today)
    return None


def _month(name: str) -> int:
    """Its whole name or a beginning that fits no other: « déc », « sept »."""
    fits = [
        number
        for number, names in enumerate(_MONTHS, 1)
        if any(whole.startswith(name) for whole in names)
    ]
    return fits[0] if len(fits) == 1 else 0


def _year(written: str | None) -> int:
    if not written:
        return 0
    return int(written) + (2000 if len(written) == 2 else 0)


def _next(day: int, month: int, year: int, today: date) -> date | None:
    if year:
        return _day(year, month, day)
    this = _day(today.year, month, day)
    if this is not None and this >= today:
        return this
    return _day(today.year + 1, month, day) if this or (day, month) == (29, 2) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
