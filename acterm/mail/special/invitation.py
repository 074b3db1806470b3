"""An invitation that came by mail (RFC 5545, RFC 5546): what, when here, where, who comes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from acterm.i18n import _
from acterm.mail.address import Address
from acterm.mail.days import span_words

NOBODY = Address("", "")


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
    once. `sequence` counts the organiser's versions: above 0 the event was changed. `section` is
    the part it was read from.
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

    @property
    def updated(self) -> bool:
        """Whether this is a new version of an event announced before."""
        return self.method is Method.REQUEST and self.sequence > 0

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

    def words(self) -> str:
        """One sentence for a card."""
        title, when = self.summary or _("(no title)"), self.when() or _("without a date")
        if self.method is Method.REPLY:
            return self._answer_words(title)
        if self.cancelled:
            words = _("Cancelled: {title}, {when}.")
        elif self.method is Method.COUNTER:
            words = _("Another time is proposed for {title}: {when}.")
        elif self.updated:
            words = _("Changed: {title}, {when}.")
        elif self.method is Method.REQUEST:
            words = _("Invitation: {title}, {when}.")
        else:
            words = _("Event: {title}, {when}.")
        return words.format(title=title, when=when)

    def _answer_words(self, title: str) -> str:
        guest = self.guests[0] if self.guests else None
        words = {
            Answer.ACCEPTED: _("{person} comes: {title}."),
            Answer.TENTATIVE: _("{person} may come: {title}."),
            Answer.DECLINED: _("{person} does not come: {title}."),
            Answer.DELEGATED: _("{person} sends somebody else: {title}."),
        }.get(guest.answer if guest else Answer.NONE, _("Answer of {person}: {title}."))
        return words.format(person=guest.person.label if guest else "", title=title)
