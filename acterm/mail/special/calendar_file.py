"""A calendar file of one's own (.ics): an invitation put in, brought up to date, taken out."""

from typing import Any

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.special.invitation_answer import PRODUCT
from acterm.mail.special.invitation_reading import BROKEN, parsed

MAX_FILE = 32 << 20


def merged(file: str, calendar: bytes) -> str:
    """The text of the file with the events of a calendar in it; an empty file is a new one.

    An event with the same UID is replaced unless the file's is newer, a cancelled one is taken
    out. Raises BadData when either cannot be read, so that nothing of the file is ever lost.
    """
    own = _own(file)
    given = parsed(calendar)
    if given is None:
        raise BadData(_("This invitation cannot be read."))
    try:
        cancelled = str(given.get("METHOD", "")).upper() == "CANCEL"
        for event in given.walk("VEVENT"):
            _put(own, event, cancelled=cancelled)
        known = {str(zone.get("TZID", "")) for zone in own.walk("VTIMEZONE")}
        for zone in given.walk("VTIMEZONE"):
            if str(zone.get("TZID", "")) not in known:
                own.subcomponents.insert(0, zone)
        return str(own.to_ical().decode("utf-8"))
    except BROKEN as error:
        raise BadData(_("This invitation cannot be read.")) from error


def _own(file: str) -> Any:
    from icalendar import Calendar

    if not file.strip():
        new = Calendar()
        new.add("PRODID", PRODUCT)
        new.add("VERSION", "2.0")
        return new
    try:
        return Calendar.from_ical(file)
    except (*BROKEN, RecursionError) as error:
        raise BadData(
            _("The calendar file cannot be read, so nothing was written to it."),
            _("Choose another file, or mend this one."),
        ) from error


def _put(own: Any, event: Any, *, cancelled: bool) -> None:
    same = [one for one in own.subcomponents if one.name == "VEVENT" and _key(one) == _key(event)]
    if any(_sequence(one) > _sequence(event) for one in same):
        return
    whole = not event.get("RECURRENCE-ID")
    gone = cancelled or str(event.get("STATUS", "")).upper() == "CANCELLED"
    own.subcomponents[:] = [
        one
        for one in own.subcomponents
        if one not in same
        and not (gone and whole and one.name == "VEVENT" and _key(one)[0] == _key(event)[0])
    ]
    if not gone:
        own.add_component(event)


def _key(event: Any) -> tuple[str, str]:
    repeated = event.get("RECURRENCE-ID")
    return str(event.get("UID", "")), repeated.to_ical().decode() if repeated else ""


def _sequence(event: Any) -> int:
    text = str(event.get("SEQUENCE", "0"))
    return int(text) if text.isascii() and text.isdigit() else 0
