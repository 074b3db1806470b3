"""What is special about a mail, found in it alone: each a value with a sentence for a card."""

from acterm.mail.bounce import Bounce
from acterm.mail.invitation import Answer, Guest, Invitation, Method
from acterm.mail.list_mail import ListMail
from acterm.mail.message import Message
from acterm.mail.one_time import OneTimeCode
from acterm.mail.parts import PartOf
from acterm.mail.quarantine import Held, Quarantine
from acterm.mail.receipt import ReceiptAsked
from acterm.mail.signed import Seal, Signed

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
    "Seal",
    "Signed",
    "Special",
    "special",
    "wanted",
]

Special = Bounce | Invitation | OneTimeCode | ReceiptAsked | ListMail | Quarantine | Signed

# The parts that say more than the text: small, so that a reader may fetch them at once.
_WANTED = frozenset(
    [
        *("text/calendar", "application/ics", "message/delivery-status", "text/rfc822-headers"),
        *("application/pkcs7-signature", "application/x-pkcs7-signature"),
        *("application/pgp-signature", "message/disposition-notification"),
    ]
)
_MOST_FETCHED = 256 << 10


def special(message: Message, part: PartOf) -> tuple[Special, ...]:
    """Everything special, the most pressing first. Never raises.

    `part` gives the decoded bytes of a section, None while they are not here: what they would
    tell is then left out, so ask again when they have come.
    """
    return ()


def wanted(message: Message) -> tuple[str, ...]:
    """The sections that `special` reads, for fetching those that are not here."""
    return tuple(
        item.section
        for item in message.attachments
        if item.type in _WANTED and item.size <= _MOST_FETCHED
    )
