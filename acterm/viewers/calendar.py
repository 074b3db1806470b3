"""An invitation (RFC 5545) in words: what, when here, where, who."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from acterm.i18n import _, ngettext
from acterm.mail.clean import clean
from acterm.mail.days import span_words
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.special.recurrence import recurrence_words
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.moments import moment
from acterm.viewers.unfolding import Property, fact, properties
from acterm.viewers.view import View

MOST_GUESTS = 20
MOST_EVENTS = 500


@dataclass
class _Event:
    """The properties of one VEVENT or VTODO, alarms left out, by name."""

    values: dict[str, Property] = field(default_factory=dict)
    guests: list[Property] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The value of a property, empty without it."""
        found = self.values.get(name)
        return found.value.strip() if found else ""


def view(asked: Asked) -> View:
    """Each event of the file, one fact a line."""
    method, events = _read(clean(decode_bytes(asked.data, asked.charset)[0]))
    lines: list[str] = []
    for event in events:
        if lines:
            lines.append("")
        lines += _words(event, method)
    if not events:
        raise ValueError
    return View(tuple(layout(lines, asked.width)))


def _read(text: str) -> tuple[str, list[_Event]]:
    """The method, and the events in order."""
    method, events = "", list[_Event]()
    inside: list[str] = []
    for one in properties(text):
        if one.name == "BEGIN":
            inside.append(one.value.upper())
            if inside[-1] in ("VEVENT", "VTODO"):
                events.append(_Event())
        elif one.name == "END":
            if inside:
                inside.pop()
        elif one.name == "METHOD":
            method = one.value.upper()
        elif inside and inside[-1] in ("VEVENT", "VTODO"):
            if one.name == "ATTENDEE":
                events[-1].guests.append(one)
            else:
                events[-1].values.setdefault(one.name, one)
    return method, events[:MOST_EVENTS]


def _words(event: _Event, method: str) -> Iterator[str]:
    if method == "CANCEL" or event.text("STATUS").upper() == "CANCELLED":
        yield _("Cancelled")
    elif event.text("STATUS").upper() == "TENTATIVE":
        yield _("Not yet certain")
    yield from fact(_("What"), event.text("SUMMARY") or _("(no title)"))
    yield from fact(_("When"), _when(event))
    yield from fact(_("Repeats"), recurrence_words(event.text("RRULE")))
    yield from fact(_("Where"), event.text("LOCATION"))
    if "ORGANIZER" in event.values:
        yield from fact(_("Organiser"), _person(event.values["ORGANIZER"]))
    label = _("With")
    for guest in event.guests[:MOST_GUESTS]:
        yield from fact(label, _guest(guest))
        label = ""
    more = len(event.guests) - MOST_GUESTS
    if more > 0:
        words = ngettext("and {count} more", "and {count} more", more)
        yield from fact("", words.format(count=more))
    yield from fact(_("Text"), event.text("DESCRIPTION"))


def _when(event: _Event) -> str:
    """In the time here; as it stands when it makes no sense."""
    begins, ends = event.values.get("DTSTART"), event.values.get("DTEND") or event.values.get("DUE")
    start = _moment(begins)
    if begins is None or start is None:
        return begins.value.strip() if begins else ""
    whole = not isinstance(start, datetime)
    end = _moment(ends)
    return span_words(_midnight(start), _midnight(end) if end else None, all_day=whole)


def _moment(one: Property | None) -> date | None:
    return moment(one.value.strip(), one.parameters.get("TZID", "")) if one else None


def _midnight(day: date) -> datetime:
    """The beginning of a day; a moment is itself."""
    return day if isinstance(day, datetime) else datetime.combine(day, time()).astimezone()


def _person(one: Property) -> str:
    address = one.value.strip()
    if address.lower().startswith("mailto:"):
        address = address[7:]
    name = one.parameters.get("CN", "").strip()
    return f"{name} <{address}>" if name and name != address else address


def _guest(one: Property) -> str:
    answer = {
        "ACCEPTED": _("comes"),
        "DECLINED": _("does not come"),
        "TENTATIVE": _("may come"),
    }.get(one.parameters.get("PARTSTAT", "").upper(), "")
    return f"{_person(one)}, {answer}" if answer else _person(one)
