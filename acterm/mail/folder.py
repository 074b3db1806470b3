"""A folder of an account and what it is for (RFC 6154 special use)."""

from dataclasses import dataclass
from enum import StrEnum


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
