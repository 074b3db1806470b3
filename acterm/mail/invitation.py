"""An invitation that came by mail (RFC 5545, RFC 5546): what, when here, where, who comes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from acterm.i18n import _
from acterm.mail.address import Address

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
    here. `recurrence` is in words, empty for an event that happens once. `sequence` counts the
    organiser's versions: above 0 the event was changed. `section` is the part it was read from.
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
        return ""

    def words(self) -> str:
        """One sentence for a card."""
        return self.summary or _("(no title)")
