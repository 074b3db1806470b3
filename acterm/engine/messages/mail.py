"""Reading and filing mail, and how the connection stands."""

from dataclasses import dataclass
from enum import StrEnum

from acterm.engine.messages.base import Command, Event
from acterm.mail.folder import Role
from acterm.mail.message import Flag


@dataclass(frozen=True, slots=True)
class Refresh(Command):
    """Bring every folder in step now. `account_id` 0 means all accounts."""

    account_id: int = 0


@dataclass(frozen=True, slots=True)
class WatchFolder(Command):
    """This folder is open on screen: bring it in step first, and idle on it."""

    folder_id: int


@dataclass(frozen=True, slots=True)
class FetchBody(Command):
    """Bring the text of one message into the store. Answered by BodyArrived or BodyFailed."""

    message_id: int


WHOLE_MAIL = "*"
"""The section that is the whole source of a mail, whose text alone was brought."""


@dataclass(frozen=True, slots=True)
class FetchPart(Command):
    """Bring an attachment, or WHOLE_MAIL, into the store. Answered by PartArrived or BodyFailed."""

    message_id: int
    section: str


@dataclass(frozen=True, slots=True)
class DropPart(Command):
    """Nobody waits for this attachment any more: its transfer ends. Not answered."""

    message_id: int
    section: str


@dataclass(frozen=True, slots=True)
class VerifySignature(Command):
    """Check the DKIM signature of a mail, which asks DNS. Answered by SignatureVerified or Failed.

    Only ever asked by its name, never by reading.
    """

    message_id: int


@dataclass(frozen=True, slots=True)
class SetFlag(Command):
    """Set or clear a flag. Answered by Done or Failed with the same `ids`.

    Mails that stand so already are left out; when all do, nothing is answered. `quiet`: it
    follows from reading, so nothing is said and undo passes it over.
    """

    ids: tuple[int, ...]
    flag: Flag
    on: bool
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Move(Command):
    """Move messages to a folder by its role or, when `folder_id` is not 0, by its row.

    Answered by Done or Failed with the same `ids`.
    """

    ids: tuple[int, ...]
    to: Role = Role.NONE
    folder_id: int = 0


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take back the newest of: a group of changes, a mail in its ten seconds, an abandoned draft.

    Answered by Undone, or by Failed when there is nothing.
    """


@dataclass(frozen=True, slots=True)
class FoldersChanged(Event):
    """Folders of the account came, went, or have new counts."""

    account_id: int


@dataclass(frozen=True, slots=True)
class MessagesChanged(Event):
    """Rows of the folder changed. `ids`: only these, in place; empty: read again."""

    folder_id: int
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NewMail(Event):
    """Unread mail came into the folder after it had been in step."""

    folder_id: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BodyArrived(Event):
    """The message's text is in the store."""

    message_id: int


@dataclass(frozen=True, slots=True)
class PartArrived(Event):
    """The attachment is in the store."""

    message_id: int
    section: str


@dataclass(frozen=True, slots=True)
class PartComing(Event):
    """So many bytes of a large attachment are here, as they will be once it is decoded."""

    message_id: int
    section: str
    done: int


@dataclass(frozen=True, slots=True)
class BodyFailed(Event):
    """The text or attachment could not be brought."""

    message_id: int
    title: str
    advice: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class SignatureVerified(Event):
    """What came of the check, in one sentence; `holds` when the sender's domain vouches for it."""

    message_id: int
    words: str
    holds: bool


class Link(StrEnum):
    """The connection of an account, in the words of Delta Chat's connectivity."""

    OFFLINE = "offline"
    CONNECTING = "connecting"
    WORKING = "working"
    CONNECTED = "connected"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LinkChanged(Event):
    """The account's connection. `since` is when it was last in step, `words` why it is not.

    `advice` is what a person has to do, where waiting does not mend it.
    """

    account_id: int
    link: Link
    since: float = 0.0
    words: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """Background work: `done` of `total` headers of a folder are here. Equal when finished."""

    account_id: int
    folder_id: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class QuotaChanged(Event):
    """The mailbox's fill, in bytes; `limit` 0 when the server does not tell."""

    account_id: int
    used: int
    limit: int
