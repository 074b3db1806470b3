"""Days and hours as calendar files write them (RFC 5545 §3.3.4, §3.3.5)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
    """A DATE or DATE-TIME in the time here; None when it is none.

    A time without a zone, or of one that nobody knows, is the time here.
    """
    try:
        if "T" not in value:
            return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
        found = datetime.strptime(value[:15], "%Y%m%dT%H%M%S")
        return found.replace(tzinfo=UTC if value.endswith("Z") else _zone(zone)).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _zone(name: str) -> ZoneInfo | None:
    name = _WINDOWS.get(name.strip("\"' ").lower(), name.strip("\"' "))
    for known in (name, "/".join(name.split("/")[-2:])):
        try:
            return ZoneInfo(known)
        except (ValueError, ZoneInfoNotFoundError, OSError):
            continue
    return None
