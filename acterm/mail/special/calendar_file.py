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
    out, one cancelled time of a series too. Raises BadData when either cannot be read, so that
    nothing of the file is ever lost.
    """
    own = _own(file)
    given = parsed(calendar)
    if given is None:
        raise BadData(_("This invitation cannot be read."))
    try:
        method = str(given.get("METHOD", "")).upper()
        for event in given.walk("VEVENT"):
            if method == "ADD" and "RECURRENCE-ID" not in event:
                event["RECURRENCE-ID"] = event["DTSTART"]  # one more time, beside the series
            _put(own, event, gone=method == "CANCEL" or _is_cancelled(event))
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
    read = parsed(file.encode(), MAX_FILE)
    if read is None:
        raise BadData(
            _("The calendar file cannot be read, so nothing was written to it."),
            _("Choose another file, or mend this one."),
        )
    return read


def _put(own: Any, event: Any, *, gone: bool) -> None:
    events = [one for one in own.subcomponents if one.name == "VEVENT"]
    same = [one for one in events if _key(one) == _key(event)]
    if any(_age(one) > _age(event) for one in same):
        return
    uid, time = _key(event)
    if not time:  # a whole series: what was changed of the one before goes with it
        series = [one for one in events if _key(one)[0] == uid]
        same += [one for one in series if gone or _age(one)[0] < _age(event)[0]]
    elif gone:
        _leave_out(event, [one for one in events if _key(one) == (uid, "")])
    own.subcomponents[:] = [one for one in own.subcomponents if one not in same]
    if not gone:
        own.add_component(event)


def _leave_out(event: Any, series: list[Any]) -> None:
    """The one time that is cancelled, named in the series (RFC 5545 §3.8.5.1)."""
    for one in series:
        given = one.get("EXDATE", [])
        dates = [
            date for some in (given if isinstance(given, list) else [given]) for date in some.dts
        ]
        one.pop("EXDATE", None)
        for moment in dict.fromkeys([*(date.dt for date in dates), event["RECURRENCE-ID"].dt]):
            one.add("EXDATE", moment)


def _is_cancelled(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _key(event: Any) -> tuple[str, str]:
    repeated = event.get("RECURRENCE-ID")
    return str(event.get("UID", "")), repeated.to_ical().decode() if repeated else ""


def _age(event: Any) -> tuple[int, str]:
    """What orders two versions of an event: SEQUENCE, then DTSTAMP (RFC 5546 §2.1.5)."""
    text = str(event.get("SEQUENCE", "0"))
    stamp = event.get("DTSTAMP")
    number = int(text) if text.isascii() and text.isdigit() else 0
    return number, stamp.to_ical().decode() if stamp else ""
