"""An invitation (RFC 5545) in words: what, when here, where, who."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from acterm.errors import BadData
from acterm.i18n import _, ngettext
from acterm.mail.clean import clean
from acterm.mail.days import day_words, span_words
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.special.recurrence import recurrence_words
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.moments import moment
from acterm.viewers.page import read_page
from acterm.viewers.unfolding import Property, fact, properties
from acterm.viewers.view import View

MOST_GUESTS = 20
MOST_EVENTS = 500
_HTML = re.compile(r"<(?:br|/p|/b|/i|/a|/ul|/li|/div|/span|/html)\s*/?>", re.IGNORECASE)
# Lines of HTML are wrapped later, beside their label.
_WIDE = 1000
_EVENTS = ("VEVENT", "VTODO")
_DIGITS = r"(\d{1,5})"
_DURATION = re.compile(
    rf"\+?P(?:{_DIGITS}W)?(?:{_DIGITS}D)?(?:T(?:{_DIGITS}H)?(?:{_DIGITS}M)?(?:{_DIGITS}S)?)?"
)


@dataclass
class _Event:
    """The properties of one VEVENT or VTODO, alarms left out, by name."""

    values: dict[str, Property] = field(default_factory=dict)
    guests: list[Property] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The value of a property, empty without it."""
        found = self.values.get(name)
        return found.value.strip() if found else ""


@dataclass
class _Calendar:
    """A file: what is asked of who receives it, its name, its events."""

    method: str = ""
    name: str = ""
    events: list[_Event] = field(default_factory=list)


def view(asked: Asked) -> View:
    """Each event of the file in the order of time, one fact a line."""
    calendar = _read(clean(decode_bytes(asked.data, asked.charset)[0]))
    events = sorted(calendar.events, key=_order)
    if not events:
        raise BadData(_("There is no appointment in this calendar."))
    lines = list(fact(_("Calendar"), calendar.name))
    for event in events[:MOST_EVENTS]:
        lines += [""] if lines else []
        lines += _words(event, calendar.method)
    note = ngettext("{count} appointment.", "{count} appointments.", len(events))
    return View(
        tuple(layout(lines, asked.width)),
        note.format(count=len(events)) if len(events) > 1 else "",
        cut=len(events) > MOST_EVENTS,
    )


def _read(text: str) -> _Calendar:
    """What the file says of itself, and its events."""
    calendar = _Calendar()
    inside: list[str] = []
    for one in properties(text):
        if one.name == "BEGIN":
            inside.append(one.value.upper())
            if inside[-1] in _EVENTS:
                calendar.events.append(_Event())
        elif one.name == "END":
            if inside:
                inside.pop()
        elif inside and inside[-1] in _EVENTS:
            if one.name == "ATTENDEE":
                calendar.events[-1].guests.append(one)
            else:
                calendar.events[-1].values.setdefault(one.name, one)
        elif one.name == "METHOD":
            calendar.method = one.value.upper()
        elif one.name == "X-WR-CALNAME":
            calendar.name = one.value.strip()
    return calendar


def _order(event: _Event) -> float:
    """When it begins, or is due; what says neither comes last."""
    found = _moment(event.values.get("DTSTART")) or _moment(event.values.get("DUE"))
    return _midnight(found).timestamp() if found else float("inf")


def _words(event: _Event, method: str) -> Iterator[str]:
    if method == "CANCEL" or event.text("STATUS").upper() == "CANCELLED":
        yield _("Cancelled")
    elif event.text("STATUS").upper() == "TENTATIVE":
        yield _("Not yet certain")
    yield from fact(_("What"), event.text("SUMMARY") or _("(no title)"))
    yield from fact(_("When"), _when(event))
    if "DTSTART" not in event.values:
        yield from fact(_("Due"), _due(event))
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
    yield from fact(_("Text"), _described(event.text("DESCRIPTION")))


def _described(text: str) -> str:
    """As text also where it is written in HTML, as Google does."""
    if not _HTML.search(text):
        return text
    broken = text if "<br" in text.lower() or "<p" in text.lower() else text.replace("\n", "<br>")
    return "\n".join(line.text for line in read_page(broken, _WIDE)[0])


def _when(event: _Event) -> str:
    """In the time here; as it stands when it makes no sense."""
    begins, ends = event.values.get("DTSTART"), event.values.get("DTEND") or event.values.get("DUE")
    start = _moment(begins)
    if begins is None or start is None:
        return begins.value.strip() if begins else ""
    first, whole = _midnight(start), not isinstance(start, datetime)
    end = _moment(ends)
    last = _midnight(end) if end else first + _length(event.text("DURATION"))
    return span_words(first, last if last > first else None, all_day=whole)


def _length(duration: str) -> timedelta:
    """Of RFC 5545 §3.3.6; none for what is none."""
    found = _DURATION.fullmatch(duration.upper())
    units = ("weeks", "days", "hours", "minutes", "seconds")
    told = zip(units, found.groups(), strict=True) if found else ()
    return timedelta(**{unit: int(count or 0) for unit, count in told})


def _due(event: _Event) -> str:
    """Until when a task is to be done."""
    due = _moment(event.values.get("DUE"))
    if due is None:
        return ""
    whole = not isinstance(due, datetime)
    return day_words(due) if whole else span_words(_midnight(due), None)


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
