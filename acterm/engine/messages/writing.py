"""Writing and sending: drafts, the outbox."""

from dataclasses import dataclass
from enum import StrEnum

from acterm.engine.messages.base import Command, Event
from acterm.mail.draft import Draft


@dataclass(frozen=True, slots=True)
class KeepDraft(Command):
    """Write the draft's journal. Answered by DraftKept.

    `to_server`: also to the Drafts folder, at most once a minute, replacing the copy before;
    `at_once` without that wait, because nobody goes on writing.
    """

    draft: Draft
    to_server: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class AbandonDraft(Command):
    """Put the draft aside; `Undo` brings it back."""

    draft_id: int


@dataclass(frozen=True, slots=True)
class Send(Command):
    """Freeze the draft into the outbox and deliver it after `delay` seconds.

    Answered by SendingChanged as it goes, queued first; by Failed when it cannot be built, with
    `held` when the guard found a NUMEN or the password in it, which `force` passes. The draft is
    kept in both cases. Attachments of a forwarded mail that are not here yet are fetched first.
    """

    draft: Draft
    delay: float = 10.0
    force: bool = False


@dataclass(frozen=True, slots=True)
class SendSource(Command):
    """Deliver a mail that is built already: the answer to an invitation, a receipt.

    Answered by SendingChanged as it goes, queued first, or by Failed.
    """

    account_id: int
    source: bytes
    delay: float = 10.0


@dataclass(frozen=True, slots=True)
class SendNow(Command):
    """End the ten seconds of every mail that waits in them: the person quits."""


@dataclass(frozen=True, slots=True)
class AnswerUnsure(Command):
    """The person decides on a mail that may have been sent: send it again, or consider it sent."""

    outbox_id: int
    send_again: bool


@dataclass(frozen=True, slots=True)
class CancelSending(Command):
    """Take a mail that waits or was refused out of the outbox, back into a draft.

    Answered by Undone with the draft, or by Failed when it is too late.
    """

    outbox_id: int


@dataclass(frozen=True, slots=True)
class DraftKept(Event):
    """The journal is on disk under this row."""

    draft_id: int


class SendingState(StrEnum):
    """Where a mail in the outbox is. The values are those of the JSON of `send`."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class SendingChanged(Event):
    """A mail in the outbox moved on; `words` say why it waits, or whom the server refused."""

    outbox_id: int
    state: SendingState
    words: str = ""


@dataclass(frozen=True, slots=True)
class OutboxChanged(Event):
    """Mails came into or left the outbox: read it again. `waiting` counts what is to be sent."""

    waiting: int
