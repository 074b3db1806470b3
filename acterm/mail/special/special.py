"""What is special about a mail, found in it alone: each a value with a sentence for a card."""

from dataclasses import replace
from itertools import islice

from acterm.mail.message import Message
from acterm.mail.special import (
    bounce,
    invitation_reading,
    list_mail,
    one_time,
    quarantine,
    receipt,
    signed,
)
from acterm.mail.special.bounce import Bounce
from acterm.mail.special.invitation import Answer, Guest, Invitation, Method
from acterm.mail.special.list_mail import ListMail
from acterm.mail.special.one_time import OneTimeCode
from acterm.mail.special.parts import PartOf
from acterm.mail.special.quarantine import Held, Quarantine
from acterm.mail.special.receipt import ReceiptAsked, ReceiptCame
from acterm.mail.special.signed import Seal, Signed

__all__ = [
    "Answer",
    "Bounce",
    "Guest",
    "Held",
    "Invitation",
    "ListMail",
    "Method",
    "OneTimeCode",
    "PartOf",
    "Quarantine",
    "ReceiptAsked",
    "ReceiptCame",
    "Seal",
    "Signed",
    "Special",
    "special",
    "wanted",
]

Special = (
    Bounce | Invitation | OneTimeCode | ReceiptAsked | ReceiptCame | ListMail | Quarantine | Signed
)

# The parts that say more than the text: small, so that a reader may fetch them at once.
_WANTED = frozenset(
    [
        *("text/calendar", "message/delivery-status", "message/disposition-notification"),
        *("message/rfc822", "text/rfc822-headers"),
        *("application/pkcs7-signature", "application/x-pkcs7-signature"),
        *("application/pkcs7-mime", "application/pgp-signature", "application/ics"),
    ]
)
_MOST_FETCHED = 256 << 10
_MOST_PARTS = 20
_MOST_EVENTS = 5


def special(message: Message, part: PartOf) -> tuple[Special, ...]:
    """Everything special, the most pressing first. Never raises.

    `part` gives the decoded bytes of a section, None while they are not here: what they would
    tell is then left out, so ask again when they have come.
    """
    found: list[Special | None] = [
        one_time.read(message),
        bounce.read(message, part),
        receipt.read_given(message, part),
        *_first(invitation_reading.read(message, part)),
        quarantine.read(message),
        signed.read(message, part),
        receipt.read(message),
        list_mail.read(message),
    ]
    return tuple(one for one in found if one is not None)


def _first(events: tuple[Invitation, ...]) -> tuple[Invitation, ...]:
    """Those that have room on the screen; the last one says how many more there are."""
    if len(events) <= _MOST_EVENTS:
        return events
    more = len(events) - _MOST_EVENTS
    return (*events[: _MOST_EVENTS - 1], replace(events[_MOST_EVENTS - 1], more=more))


def wanted(message: Message) -> tuple[str, ...]:
    """The sections that `special` reads, for fetching those that are not here."""
    sections = (
        item.section
        for item in message.attachments
        if (item.type in _WANTED or item.name.lower().endswith(".ics"))
        and item.size <= _MOST_FETCHED
    )
    return tuple(islice(sections, _MOST_PARTS))
