"""A mail being written."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from acterm.mail.address import Address


class Kind(StrEnum):
    """What a draft answers."""

    NEW = "new"
    REPLY = "reply"
    REPLY_ALL = "reply-all"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class DraftAttachment:
    """A file that goes with the mail: from this machine, or carried over from `original_id`.

    `section` names the part of the forwarded mail; `path` is None then.
    """

    name: str
    type: str
    size: int
    path: Path | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The journal of a mail being written. `id` is its row, 0 before it is kept.

    `original_id` is the stored message that is answered or forwarded, 0 for none.
    The recipient fields are as typed, so that half an address survives a kill.
    """

    account_id: int
    kind: Kind = Kind.NEW
    to: str = ""
    cc: str = ""
    bcc: str = ""
    subject: str = ""
    body: str = ""
    attachments: tuple[DraftAttachment, ...] = ()
    original_id: int = 0
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    updated: float = 0.0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Recipients:
    """The addresses typed into the three fields, and what could not be read as one."""

    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    unreadable: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[Address, ...]:
        """Everyone the mail goes to."""
        return self.to + self.cc + self.bcc
