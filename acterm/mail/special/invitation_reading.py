"""A text/calendar part to the invitations in it (RFC 5545, RFC 5546). Never raises."""

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from acterm.mail.address import Address
from acterm.mail.clean import clean, clean_name
from acterm.mail.message import Message
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.special.invitation import Answer, Guest, Invitation, Method
from acterm.mail.special.parts import PartOf, of_type
from acterm.mail.special.recurrence import recurrence_words

TYPES = ("text/calendar", "application/ics", "application/x-ics")
MAX_CALENDAR = 1 << 20
_MOST_EVENTS = 50
_MOST_GUESTS = 500
_MOST_EXCLUDED = 500
_MAX_TEXT = 20_000

_UTC_OF_OUTLOOK = re.compile(r';TZID="?tzone://Microsoft/Utc"?(:\d{8}T\d{6})\b', re.IGNORECASE)

_Kind = TypeVar("_Kind")

# What icalendar and its time zones raise on bad data.
BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError)


def read(message: Message, part: PartOf) -> tuple[Invitation, ...]:
    """The events of the first calendar part that is here and has any."""
    named = [item for item in message.attachments if item.name.lower().endswith(".ics")]
    for item in (*of_type(message, *TYPES), *named):
        data = part(item.section)
        found = invitations(data, item.section, item.method) if data else ()
        if found:
            return tuple(_in_mail(one, message) for one in found)
    return ()


def _in_mail(event: Invitation, message: Message) -> Invitation:
    """The event without what the mail's own text says, and where an answer to it would go."""
    text = message.plain or message.html or ""
    writers = {one.address.lower() for one in (*message.sender, *message.reply_to)}
    return replace(
        event,
        elsewhere=event.answerable and event.organizer.address.lower() not in writers,
        description="" if text.strip() else event.description,
        url="" if event.url in (text or event.description) + event.place else event.url,
    )


def invitations(data: bytes, section: str = "", method: str = "") -> tuple[Invitation, ...]:
    """The events of a calendar file, in its order; none of a broken or very large one.

    `method` is what the mail says of a file that does not say it itself.
    """
    calendar = parsed(data)
    if calendar is None:
        return ()
    said = _text(calendar, "METHOD") or method
    meant = _member(Method, said.lower(), Method.PUBLISH)
    return tuple(_events(calendar, meant, section))


def parsed(data: bytes, most: int = MAX_CALENDAR) -> Any:
    """The calendar as icalendar reads it, None when it cannot."""
    if len(data) > most:
        return None
    from icalendar import Calendar

    text = _UTC_OF_OUTLOOK.sub(r"\1Z", decode_bytes(data)[0].replace("\0", ""))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the names of zones that it guesses: on top of the screen
        try:
            return Calendar.from_ical(text)
        except (*BROKEN, RecursionError):
            return None


def _events(calendar: Any, method: Method, section: str) -> Iterator[Invitation]:
    for component in calendar.walk("VEVENT")[:_MOST_EVENTS]:
        try:
            yield _invitation(component, method, section)
        except BROKEN:
            continue


def _invitation(event: Any, method: Method, section: str) -> Invitation:
    start, all_day = _moment(event, "DTSTART")
    title, comment = _text(event, "SUMMARY"), _text(event, "COMMENT")
    rule = event.get("RRULE")
    rule = rule[0] if isinstance(rule, list) else rule
    written = rule.to_ical().decode("utf-8", "replace")[:500] if rule else ""
    repeated = event.get("RECURRENCE-ID")
    return Invitation(
        uid=clean_name(_text(event, "UID"))[:1000],
        method=method,
        summary=clean(title, line=True)[:500].strip(),
        start=start,
        end=_end(event, start, all_day),
        all_day=all_day,
        place=clean(_text(event, "LOCATION"), line=True)[:500].strip(),
        description=clean(_text(event, "DESCRIPTION"))[:_MAX_TEXT].strip(),
        url=clean_name(_text(event, "URL") or _text(event, "X-GOOGLE-CONFERENCE"))[:2000],
        organizer=person_of(event.get("ORGANIZER")),
        guests=tuple(_guests(event)),
        recurrence=recurrence_words(written),
        rule=written,
        sequence=_number(event, "SEQUENCE"),
        cancelled=method is Method.CANCEL or _text(event, "STATUS").upper() == "CANCELLED",
        recurrence_id=repeated.to_ical().decode("utf-8", "replace") if repeated else "",
        section=section,
        stamp=_moment(event, "DTSTAMP")[0],
        excluded=tuple(_excluded(event)),
        replaces=_moment(event, "RECURRENCE-ID")[0],
        comment=clean(comment, line=True)[:500].strip(),
        odd_zone=_is_zone_unknown(event),
    )


def _text(component: Any, name: str) -> str:
    value = component.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return str(value) if value is not None else ""


def _number(component: Any, name: str) -> int:
    text = _text(component, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _moment(component: Any, name: str) -> tuple[datetime | None, bool]:
    """A moment in the zone here, and whether it is a whole day."""
    value = component.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return _local(getattr(value, "dt", None))


def _excluded(event: Any) -> Iterator[datetime]:
    """The moments of EXDATE (RFC 5545 §3.8.5.1), in the zone here."""
    given = event.get("EXDATE", [])
    for some in given if isinstance(given, list) else [given]:
        for one in getattr(some, "dts", [])[:_MOST_EXCLUDED]:
            moment, _whole = _local(getattr(one, "dt", None))
            if moment is not None:
                yield moment


def _is_zone_unknown(event: Any) -> bool:
    """Whether the beginning names a zone that neither the calendar nor this computer knows."""
    start = event.get("DTSTART")
    moment = getattr(start, "dt", None)
    return isinstance(moment, datetime) and not moment.tzinfo and bool(_parameter(start, "TZID"))


def _local(value: object) -> tuple[datetime | None, bool]:
    try:
        if isinstance(value, datetime):
            return value.astimezone(), False
        if isinstance(value, date):
            return datetime.combine(value, time()).astimezone(), True
    except BROKEN:
        pass
    return None, False


def _end(event: Any, start: datetime | None, all_day: bool) -> datetime | None:
    end, _whole = _moment(event, "DTEND")
    if end is not None or start is None:
        return end
    length = getattr(event.get("DURATION"), "dt", None)
    if not isinstance(length, timedelta):
        length = timedelta(days=1) if all_day else timedelta(0)
    moved = start.replace(tzinfo=None) + length if all_day else start.astimezone(UTC) + length
    return moved.astimezone()


def _guests(event: Any) -> Iterator[Guest]:
    given = event.get("ATTENDEE", [])
    for one in (given if isinstance(given, list) else [given])[:_MOST_GUESTS]:
        answer = _member(Answer, _parameter(one, "PARTSTAT").lower(), Answer.NONE)
        yield Guest(person_of(one), answer, _parameter(one, "ROLE").upper() == "OPT-PARTICIPANT")


def person_of(value: Any) -> Address:
    """A calendar user: the address of EMAIL, else that behind mailto:, and the name of CN."""
    value = value[0] if isinstance(value, list) else value
    address = clean_name(str(value or ""))
    if address.lower().startswith("mailto:"):
        address = address[7:]
    email = clean_name(_parameter(value, "EMAIL"))
    name = clean(_parameter(value, "CN"), line=True).strip()
    return Address(name if name != address else "", (email or address)[:320])


def _parameter(value: Any, name: str) -> str:
    found = getattr(value, "params", {}).get(name, "")
    return str(found[0] if isinstance(found, list) and found else found)


def _member(kind: Callable[[str], _Kind], value: str, usual: _Kind) -> _Kind:
    try:
        return kind(value)
    except ValueError:
        return usual
