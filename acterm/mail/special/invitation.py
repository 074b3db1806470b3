"""An invitation that came by mail (RFC 5545, RFC 5546): what, when here, where, who comes."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from acterm.i18n import _
from acterm.mail.address import Address
from acterm.mail.days import span_words

NOBODY = Address("", "")
_ANSWERED = re.compile(
    r"^(?:(?:accept(?:é|ée|ed)|provisoire|tentative|refus(?:é|ée)|declined|"
    r"nouvelle heure proposée|new time proposed)\s*:\s*)+",
    re.IGNORECASE,
)


class Method(StrEnum):
    """What the mail wants of an event (RFC 5546 §1.4); PUBLISH stands also for a plain file."""

    PUBLISH = "publish"
    REQUEST = "request"
    REPLY = "reply"
    ADD = "add"
    CANCEL = "cancel"
    REFRESH = "refresh"
    COUNTER = "counter"
    DECLINE_COUNTER = "declinecounter"


EVENTS = frozenset([Method.PUBLISH, Method.REQUEST, Method.ADD, Method.CANCEL])
"""What tells of an event; the others talk with its organiser."""


class Answer(StrEnum):
    """What a guest said (RFC 5545 §3.2.12)."""

    NONE = "needs-action"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    DELEGATED = "delegated"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited, and what they answered."""

    person: Address
    answer: Answer = Answer.NONE
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """One event of a text/calendar part, times in the zone of this machine.

    `start` and `end` are aware, `end` is exclusive; of whole days (`all_day`) they are midnights
    here. `rule` is its RRULE and `recurrence` the same in words, empty for an event that happens
    once; `excluded` are the times that it does not take place. `recurrence_id` names the one time
    of a series that is meant, and `replaces` is when that would have been.

    `sequence` counts the organiser's versions, `stamp` tells the newer of two with the same. An
    answer goes `elsewhere` when the organiser is not the sender. `odd_zone`: the time is in a zone
    that nobody here knows. `section` is the part it was read from, and `more` how many events of
    it are not told.
    """

    uid: str
    method: Method
    summary: str
    start: datetime | None
    end: datetime | None
    all_day: bool = False
    place: str = ""
    description: str = ""
    url: str = ""
    organizer: Address = NOBODY
    guests: tuple[Guest, ...] = ()
    recurrence: str = ""
    rule: str = ""
    sequence: int = 0
    cancelled: bool = False
    recurrence_id: str = ""
    section: str = ""
    stamp: datetime | None = None
    excluded: tuple[datetime, ...] = ()
    replaces: datetime | None = None
    comment: str = ""
    elsewhere: bool = False
    odd_zone: bool = False
    more: int = 0

    @property
    def updated(self) -> bool:
        """Whether this is a new version of an event announced before."""
        return self.method is Method.REQUEST and self.sequence > 0

    @property
    def keepable(self) -> bool:
        """Whether it is an event for a calendar, and no talk about one."""
        return bool(self.uid) and self.method in EVENTS

    @property
    def answerable(self) -> bool:
        """Whether Accept, Tentative and Decline make sense."""
        asked = self.method in (Method.REQUEST, Method.ADD)
        return asked and not self.cancelled and bool(self.organizer.address and self.uid)

    def own(self, address: str) -> Guest | None:
        """The guest with this address."""
        wanted = address.lower()
        return next((one for one in self.guests if one.person.address.lower() == wanted), None)

    def when(self) -> str:
        """From when to when, in words: « jeudi 26 novembre 2026, 17:30 – 19:00 »."""
        return span_words(self.start, self.end, all_day=self.all_day) if self.start else ""

    def title(self) -> str:
        """What it is called, whatever the mail program of a guest puts before it."""
        title = self.summary
        if self.method not in EVENTS:
            title = _ANSWERED.sub("", title)
        return title or _("(no title)")

    def state(self) -> str:
        """What became of the event, in a few words; empty for a first invitation."""
        if self.method is Method.REPLY:
            return self._answer()
        if self.method not in EVENTS:
            return self._talk()
        if self.cancelled:
            once = _("Only this time is cancelled")
            return once if self.recurrence_id else _("Cancelled by the organiser")
        if self.recurrence_id:
            return self._moved()
        if self.method is Method.ADD:
            return _("One more date")
        return _("Changed by the organiser") if self.updated else ""

    def _moved(self) -> str:
        if self.replaces is None or self.replaces == self.start:
            return _("Only this time is changed")
        before = span_words(self.replaces, None, all_day=self.all_day)
        return _("Only this time is changed; it was {when}").format(when=before)

    def _answer(self) -> str:
        answer = self.guests[0].answer if self.guests else Answer.NONE
        words = {
            Answer.ACCEPTED: _("{person} comes"),
            Answer.TENTATIVE: _("{person} may come"),
            Answer.DECLINED: _("{person} does not come"),
            Answer.DELEGATED: _("{person} sends somebody else"),
        }.get(answer, _("Answer of {person}"))
        if answer is Answer.DELEGATED and len(self.guests) > 1:
            words = _("{person} sends {other} instead")
        other = self.guests[-1].person.label if self.guests else ""
        return words.format(person=self._guest(), other=other)

    def _talk(self) -> str:
        words = {
            Method.COUNTER: _("{person} proposes another time"),
            Method.REFRESH: _("{person} asks for the latest news of it"),
        }.get(self.method, _("The organiser keeps the time as it was"))
        return words.format(person=self._guest())

    def _guest(self) -> str:
        return self.guests[0].person.label if self.guests else _("somebody")
