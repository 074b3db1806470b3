"""Days and hours in words: « mardi 24 novembre 2026, 17:30 – 19:00 »."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from acterm.i18n import N_, _

_WEEKDAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday")),
    *(N_("Saturday"), N_("Sunday")),
)
_MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
# The names that Windows gives the zones of Europe.
_WINDOWS = {
    "romance standard time": "Europe/Paris",
    "w. europe standard time": "Europe/Berlin",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "gmt standard time": "Europe/London",
    "utc": "UTC",
}


def moment(value: str, zone: str = "") -> datetime | date | None:
    """A DATE or DATE-TIME of RFC 5545 §3.3.4, §3.3.5, in the time here; None when it is none.

    A time without a zone, or of one that nobody knows, is the time here.
    """
    try:
        if "T" not in value:
            return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
        found = datetime.strptime(value[:15], "%Y%m%dT%H%M%S")
        return found.replace(tzinfo=UTC if value.endswith("Z") else _zone(zone)).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def span_words(start: datetime | date, end: datetime | date | None) -> str:
    """From when to when. The end of whole days is the day after the last."""
    if not isinstance(start, datetime):
        return _days(start, end)
    first = _("{day}, {time}").format(day=day_words(start), time=f"{start:%H:%M}")
    if not isinstance(end, datetime) or end <= start:
        return first
    if end.date() == start.date():
        return f"{first} – {end:%H:%M}"
    last = _("{day}, {time}").format(day=day_words(end), time=f"{end:%H:%M}")
    return f"{first} – {last}"


def day_words(day: date) -> str:
    """« mardi 24 novembre 2026 »."""
    weekday, month = _(_WEEKDAYS[day.weekday()]), _(_MONTHS[day.month - 1])
    words = _("{weekday} {day} {month} {year}")
    return words.format(weekday=weekday, day=day.day, month=month, year=day.year)


def _days(start: date, end: datetime | date | None) -> str:
    last = end - timedelta(days=1) if end and not isinstance(end, datetime) else start
    if last <= start:
        return _("{day}, all day").format(day=day_words(start))
    return f"{day_words(start)} – {day_words(last)}"


def _zone(name: str) -> ZoneInfo | None:
    name = _WINDOWS.get(name.strip("\"' ").lower(), name.strip("\"' "))
    for known in (name, "/".join(name.split("/")[-2:])):
        try:
            return ZoneInfo(known)
        except (ValueError, ZoneInfoNotFoundError, OSError):
            continue
    return None
