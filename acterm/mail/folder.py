"""A folder of an account and what it is for (RFC 6154 special use)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from acterm.i18n import N_


class Role(StrEnum):
    """What a folder is for. The values are the JSON ones, after RFC 8621 §2."""

    INBOX = "inbox"
    DRAFTS = "drafts"
    SENT = "sent"
    ARCHIVE = "archive"
    JUNK = "junk"
    TRASH = "trash"
    ALL = "all"
    FLAGGED = "flagged"
    NONE = ""


ROLE_NAMES: Mapping[Role, str] = {
    Role.INBOX: N_("Inbox"),
    Role.DRAFTS: N_("Drafts"),
    Role.SENT: N_("Sent"),
    Role.ARCHIVE: N_("Archives"),
    Role.JUNK: N_("Junk mail"),
    Role.TRASH: N_("Bin"),
    Role.ALL: N_("All mail"),
    Role.FLAGGED: N_("Starred"),
}
"""What a person calls a folder of that role, to be translated at use."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as the store knows it. `name` is the decoded full path, cleaned for display.

    `messages` and `unread` are the server's counts with what was done here applied.
    `path` is the server's own name as received, for the protocol only.
    """

    id: int
    account_id: int
    name: str
    path: str
    delimiter: str
    role: Role
    messages: int = 0
    unread: int = 0
    selectable: bool = True

    @property
    def leaf(self) -> str:
        """The last level of the path."""
        return self.name.rsplit(self.delimiter, 1)[-1] if self.delimiter else self.name

    @property
    def depth(self) -> int:
        """How many folders stand above it."""
        return self.name.count(self.delimiter) if self.delimiter else 0


@dataclass(frozen=True, slots=True)
class Quota:
    """Space used in the mailbox, in bytes (RFC 9208 STORAGE, which counts units of 1024)."""

    used: int
    limit: int

    @property
    def percent(self) -> int:
        """How full the mailbox is, 0 when the limit is unknown."""
        return self.used * 100 // self.limit if self.limit else 0


@dataclass(frozen=True, slots=True)
class ListedFolder:
    """A folder as the server lists it (RFC 5819 LIST-STATUS where offered).

    The numbers are 0 when the server did not tell them.
    """

    path: str
    name: str
    delimiter: str
    role: Role
    messages: int = 0
    unread: int = 0
    selectable: bool = True
    uidvalidity: int = 0
    uidnext: int = 0
    highest_modseq: int = 0


@dataclass(frozen=True, slots=True)
class SyncState:
    """How far the stored rows of a folder go. All 0 for a folder never opened.

    `lowest_uid` is the smallest UID whose header is stored, going down from the newest; 1 when
    all are. `checked` is when the folder was last in step, in seconds since 1970.
    """

    uidvalidity: int = 0
    uidnext: int = 0
    highest_modseq: int = 0
    lowest_uid: int = 0
    checked: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether every message of the folder has its header here."""
        return self.lowest_uid == 1
