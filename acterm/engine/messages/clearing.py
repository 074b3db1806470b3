"""What takes the room of a mailbox, and getting it back."""

from dataclasses import dataclass

from acterm.engine.messages.base import Command, Event
from acterm.mail.folder import Role
from acterm.mail.message import Envelope


@dataclass(frozen=True, slots=True)
class LookAtSizes(Command):
    """What takes the room of the mailbox. Answered by SizesSeen or Failed."""

    account_id: int


@dataclass(frozen=True, slots=True)
class ArchiveMails(Command):
    """Write mails into mbox files of this machine; nothing is deleted.

    Answered by ArchiveProgress as it goes, then MailsArchived or Failed with the same `ids`.
    """

    account_id: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EmptyBin(Command):
    """Delete for good what is in the bin, after asking. Answered by BinEmptied or Failed."""

    account_id: int


@dataclass(frozen=True, slots=True)
class FolderSize:
    """What one folder weighs, in bytes."""

    folder_id: int
    name: str
    role: Role
    messages: int
    octets: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Mails that may go together. `kind` is attachments, largest or oldest; `first` the first."""

    kind: str
    ids: tuple[int, ...]
    octets: int
    first: tuple[Envelope, ...]


@dataclass(frozen=True, slots=True)
class SizesSeen(Event):
    """What takes the room, in bytes, the heaviest folder first; `limit` 0 when nobody tells."""

    account_id: int
    used: int
    limit: int
    folders: tuple[FolderSize, ...]
    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class ArchiveProgress(Event):
    """So many mails are in the archive, of how many."""

    account_id: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class MailsArchived(Event):
    """These mails are in these files, read back; `octets` is what they weigh on the server."""

    account_id: int
    ids: tuple[int, ...]
    files: tuple[str, ...]
    octets: int


@dataclass(frozen=True, slots=True)
class BinEmptied(Event):
    """So many mails leave the bin for good; QuotaChanged follows when the server has done it."""

    account_id: int
    count: int
