"""The calendar part of a sample invitation (RFC 5545, RFC 5546)."""

import datetime
from collections.abc import Mapping

Person = tuple[str, str]


def calendar(
    event: Mapping[str, str],
    *,
    uid: str,
    day: str,
    stamp: datetime.datetime,
    organiser: Person,
    guest: Person,
) -> str:
    """`event` has title, start, end, place, and when it is no first invitation method and
    sequence; `day` is as the file writes it (20261126)."""
    lines = [
        "BEGIN:VCALENDAR", "PRODID:-//Agenda du collège//FR", "VERSION:2.0",
        f"METHOD:{method(event)}", "BEGIN:VEVENT", f"UID:{uid}@college-jean-moulin.example",
        f"DTSTAMP:{stamp.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{event.get('sequence', '0')}",
        f"DTSTART;TZID=Europe/Paris:{day}T{event['start'].replace(':', '')}00",
        f"DTEND;TZID=Europe/Paris:{day}T{event['end'].replace(':', '')}00",
        f"SUMMARY:{event['title']}", f"LOCATION:{event['place']}",
        f"ORGANIZER;CN={organiser[0]}:mailto:{organiser[1]}",
        f"ATTENDEE;CN={guest[0]};RSVP=TRUE:mailto:{guest[1]}",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\n".join(lines)


def method(event: Mapping[str, str]) -> str:
    """REQUEST, or what the event says."""
    return event.get("method", "REQUEST")
