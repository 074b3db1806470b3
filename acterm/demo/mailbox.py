"""What the demo's servers hold: folders, mails, and who watches them. One event loop owns it."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

SEEN = "\\Seen"
_QUOTA_LIMIT = 500 << 20
_QUOTA_BASE = 310 << 20


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One mail in a folder. `received` is its INTERNALDATE, in seconds since 1970."""

    uid: int
    source: bytes
    flags: frozenset[str]
    received: float


@dataclass
class Folder:
    """One folder. `use` is its special use (RFC 6154), without the backslash, or nothing."""

    name: str
    uidvalidity: int
    use: str = ""
    uidnext: int = 1
    mails: dict[int, StoredMail] = field(default_factory=dict)
    watchers: list[asyncio.Event] = field(default_factory=list)

    @property
    def unseen(self) -> int:
        """How many mails were not read."""
        return sum(SEEN not in mail.flags for mail in self.mails.values())

    def append(self, source: bytes, flags: Iterable[str], received: float) -> int:
        """Put a mail in, and return its UID."""
        uid = self.uidnext
        self.uidnext += 1
        self.mails[uid] = StoredMail(uid, source, frozenset(flags), received)
        self._tell()
        return uid

    def set_flags(self, uid: int, flags: frozenset[str]) -> None:
        """Give a mail these flags."""
        if self.mails[uid].flags != flags:
            self.mails[uid] = replace(self.mails[uid], flags=flags)
            self._tell()

    def remove(self, uids: Iterable[int]) -> None:
        """Take mails out for good."""
        for uid in uids:
            self.mails.pop(uid, None)
        self._tell()

    def _tell(self) -> None:
        for watcher in self.watchers:
            watcher.set()


@dataclass
class Mailbox:
    """The whole account."""

    address: str
    login: str
    password: str
    folders: dict[str, Folder] = field(default_factory=dict)

    def folder(self, name: str) -> Folder | None:
        """The folder of that name; INBOX in any case."""
        return self.folders.get("INBOX" if name.upper() == "INBOX" else name)

    def create(self, name: str, use: str = "") -> Folder:
        """Add an empty folder."""
        self.folders[name] = Folder(name, uidvalidity=len(self.folders) + 1001, use=use)
        return self.folders[name]

    @property
    def quota(self) -> tuple[int, int]:
        """Used and allowed, in units of 1024 bytes: 62 % whatever the sample weighs."""
        folders = self.folders.values()
        here = sum(len(mail.source) for each in folders for mail in each.mails.values())
        return (_QUOTA_BASE + here) >> 10, _QUOTA_LIMIT >> 10
