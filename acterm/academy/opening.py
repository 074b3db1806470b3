"""Opening hours that can be reckoned with: open now, or when next, by the clock of Paris."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Easter Monday, Ascension, Whit Monday: days after Easter Sunday (code du travail, L3133-1).
_AFTER_EASTER = (1, 39, 50)
_WEEK = re.compile(r"(?P<first>[1-7])-(?P<last>[1-7])(?P<spans>(?: \d\d:\d\d-\d\d:\d\d)+)")
_FARTHEST = 15


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether it is open. `until` is when that changes, in Paris time; None when never.

    `holiday`: today is closed because it is a public holiday.
    """

    open: bool
    until: datetime.datetime | None
    holiday: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """Days from Monday, 1, and the hours of each: `1-5 08:00-12:00 14:00-17:00`."""

    days: range
    spans: tuple[tuple[datetime.time, datetime.time], ...]

    def standing(self, moment: datetime.datetime) -> Standing:
        """How it stands at a moment, which knows its time zone."""
        here = moment.astimezone(PARIS)
        for opens, closes in self._on(here.date()):
            if opens <= here < closes:
                return Standing(True, closes)
        return Standing(False, self._next(here), is_holiday(here.date()))

    def _on(self, day: datetime.date) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
        if day.isoweekday() in self.days and not is_holiday(day):
            for opens, closes in self.spans:
                yield (
                    datetime.datetime.combine(day, opens, PARIS),
                    datetime.datetime.combine(day, closes, PARIS),
                )

    def _next(self, here: datetime.datetime) -> datetime.datetime | None:
        for ahead in range(_FARTHEST):
            for opens, _closes in self._on(here.date() + datetime.timedelta(days=ahead)):
                if opens > here:
                    return opens
        return None


def parse(written: str) -> Week | None:
    """The week as academies.toml writes it; None when it is not told so."""
    match = _WEEK.fullmatch(written)
    if match is None:
        return None
    spans = [span.split("-") for span in match["spans"].split()]
    return Week(
        range(int(match["first"]), int(match["last"]) + 1),
        tuple((_time(opens), _time(closes)) for opens, closes in spans),
    )


def is_holiday(day: datetime.date) -> bool:
    """Whether it is a public holiday in France; those of Alsace-Moselle and overseas are not."""
    from dateutil.easter import easter

    if (day.month, day.day) in _FIXED:
        return True
    return (day - easter(day.year)).days in _AFTER_EASTER


def _time(written: str) -> datetime.time:
    return datetime.time.fromisoformat(written)
