"""An invitation (RFC 5545) in words: what, when here, where, who."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.header import decode_bytes
from acterm.mail.marks import layout
from acterm.viewers.unfolding import properties
from acterm.viewers.view import View


def view(data: bytes, width: int) -> View:
    """Each event of the file, one fact a line."""
    lines: list[str] = []
    method = ""
    inside = False
    for name, parameters, value in properties(clean(decode_bytes(data)[0])):
        if name == "METHOD":
            method = value.upper()
        elif name == "BEGIN" and value.upper() == "VEVENT":
            inside = True
            if lines:
                lines.append("")
            if method == "CANCEL":
                lines.append(_("Cancelled"))
        elif name == "END" and value.upper() == "VEVENT":
            inside = False
        elif inside:
            lines += _fact(name, parameters, value)
    return View(tuple(layout(lines, width)))


def _fact(name: str, parameters: dict[str, str], value: str) -> list[str]:
    labels = {
        "SUMMARY": _("What"),
        "DTSTART": _("From"),
        "DTEND": _("Until"),
        "LOCATION": _("Where"),
        "ORGANIZER": _("Organiser"),
        "ATTENDEE": _("With"),
        "STATUS": _("Status"),
        "DESCRIPTION": _("Text"),
    }
    label = labels.get(name)
    if label is None or not value.strip():
        return []
    if name in ("DTSTART", "DTEND"):
        value = moment_words(value, parameters.get("TZID", ""))
    if name in ("ORGANIZER", "ATTENDEE"):
        address = value.removeprefix("mailto:").removeprefix("MAILTO:")
        value = f"{parameters['CN']} <{address}>" if parameters.get("CN") else address
    first, *rest = value.strip().split("\n")
    return [f"{label:<14}{first}", *(" " * 14 + line for line in rest)]


def _zone(name: str) -> ZoneInfo | None:
    """The zone of that name; None, the time here, for the names that Windows gives its zones."""
    try:
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return None


def moment_words(value: str, zone: str) -> str:
    """A DATE or DATE-TIME in the local zone, as it stands when it makes no sense."""
    try:
        if "T" not in value:
            day = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
            return f"{day:%d/%m/%Y}"
        moment = datetime.strptime(value[:15], "%Y%m%dT%H%M%S")
        if value.endswith("Z"):
            moment = moment.replace(tzinfo=UTC)
        elif zone:
            moment = moment.replace(tzinfo=_zone(zone))
        return f"{moment.astimezone():%d/%m/%Y %H:%M}"
    except (ValueError, OverflowError, OSError):
        return value
