"""What somebody else sends from a stolen mailbox: at night, to many, the same again and again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from acterm.mail.fold import fold

MANY = 30
_BURST = 10
_REPEATED = 5
_HOUR = 3600
_NIGHT_UNTIL = 5
_PARIS = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class SentMail:
    """One sent mail: when, in seconds since 1970, to how many, and its subject."""

    id: int
    date: int
    people: int
    subject: str


@dataclass(frozen=True, slots=True)
class SentSigns:
    """The strange ones among `looked` mails, newest first; one mail may be in several lists.

    None of it proves anything: a person knows what they wrote.
    """

    looked: int = 0
    night: tuple[SentMail, ...] = ()
    crowd: tuple[SentMail, ...] = ()
    burst: tuple[SentMail, ...] = ()
    repeated: tuple[SentMail, ...] = ()

    @property
    def all(self) -> tuple[SentMail, ...]:
        """Every strange mail once, newest first."""
        found = {mail.id: mail for mail in self.night + self.crowd + self.burst + self.repeated}
        return tuple(sorted(found.values(), key=lambda mail: -mail.date))


def signs(mails: Iterable[SentMail]) -> SentSigns:
    """Look at what was sent: from midnight to five in Paris, to thirty people, ten in an hour."""
    sent = sorted(mails, key=lambda mail: -mail.date)
    subjects = Counter(fold(mail.subject) for mail in sent if mail.subject)
    return SentSigns(
        looked=len(sent),
        night=tuple(mail for mail in sent if _hour(mail) < _NIGHT_UNTIL),
        crowd=tuple(mail for mail in sent if mail.people >= MANY),
        burst=_bursts(sent),
        repeated=tuple(mail for mail in sent if subjects[fold(mail.subject)] >= _REPEATED),
    )


def _bursts(sent: list[SentMail]) -> tuple[SentMail, ...]:
    """Mails with ten in one hour around them."""
    found: dict[int, SentMail] = {}
    for start in range(len(sent) - _BURST + 1):
        group = sent[start : start + _BURST]
        if group[0].date - group[-1].date <= _HOUR:
            found.update((mail.id, mail) for mail in group)
    return tuple(found.values())


def _hour(mail: SentMail) -> int:
    from zoneinfo import ZoneInfo

    return datetime.fromtimestamp(mail.date, ZoneInfo(_PARIS)).hour
