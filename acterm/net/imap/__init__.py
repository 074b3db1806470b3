"""IMAP as acterm speaks it: one connection, one thread, every wait with a deadline."""

import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from acterm.errors import ActermError, Refused
from acterm.mail.folder import ListedFolder, Quota, Role, SyncState
from acterm.mail.message import IMAP_FLAGS, Flag, Header
from acterm.net import tls
from acterm.net.imap import fetch as imap_fetch
from acterm.net.imap import folders as imap_folders
from acterm.net.imap import parse
from acterm.net.imap import signin as imap_signin
from acterm.net.imap.answer import Answer, Literal, astring
from acterm.net.imap.fetch import Progress
from acterm.net.imap.folders import encoded
from acterm.net.imap.link import Link
from acterm.net.imap.opened import Opened, open_folder
from acterm.net.imap.parse import Value
from acterm.net.lines import crlf
from acterm.net.transport import Transport
from acterm.secret import Secret
from acterm.server import Security, Server

LAST_UID = 0xFFFFFFFF
# Signed in, a server may think longer than it takes to connect: a large folder, a full disk.
_PATIENCE = 4


class Imap:
    """A connection. Every method raises children of ActermError only.

    One thread uses it; `abort()` alone may be called from others.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._qresync = False
        self._keywords = True

    @classmethod
    def connect(
        cls, server: Server, *, ca_file: Path | None = None, deadline: float = 15.0
    ) -> "Imap":
        """Connect, check the certificate and read the greeting, `deadline` seconds each step."""
        context = tls.needed(server, ca_file)
        transport = Transport.connect(server, deadline)
        try:
            if context and server.security is Security.TLS:
                transport.start_tls(context)
            link = Link(transport)
            if context and server.security is Security.STARTTLS:
                link.start_tls(context)
        except ActermError:
            transport.close()
            raise
        return cls(link)

    @property
    def greeting(self) -> str:
        """The server's first words."""
        return self._link.greeting

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server offers, in upper case; more after the sign-in."""
        return self._link.capabilities

    def sign_in(self, login: str, secret: Secret, *, mechanism: str = "") -> None:
        """One attempt with one mechanism; raises SignInRefused with the server's words."""
        link = self._link
        imap_signin.sign_in(link, login, secret, mechanism)
        link.transport.seconds *= _PATIENCE
        # Both in one round trip, COMPRESS last: all after it is compressed (RFC 4978 §3).
        enabling = compressing = b""
        if {"QRESYNC", "ENABLE"} <= link.capabilities:
            enabling = link.send(b"ENABLE QRESYNC")
        if "COMPRESS=DEFLATE" in link.capabilities:
            compressing = link.send(b"COMPRESS DEFLATE")
        self._qresync = self._accepted(enabling)
        if self._accepted(compressing):
            link.transport.start_compression()

    def _accepted(self, tag: bytes) -> bool:
        """Whether the server took a command; one that was not sent has no tag."""
        try:
            return bool(tag and self._link.answer(tag))
        except Refused:
            return False

    def folders(self, known: Sequence[str] = ()) -> list[ListedFolder]:
        """Every folder, with its counts and what it is for.

        `known` are paths that probably exist: they are counted in the same round trip, unless a
        folder is open, of which STATUS is not to be asked (RFC 9051 §6.3.11).
        """
        return imap_folders.listed(self._link, () if self._link.has_open_folder else known)

    def sizes(self, paths: Sequence[str]) -> dict[str, int]:
        """The bytes in each folder (RFC 8438), nothing where the server does not tell."""
        return imap_folders.sizes(self._link, paths)

    def create_folder(self, name: str, role: Role = Role.NONE) -> str:
        """Make a folder, and say what it is for where that is possible; returns its path."""
        path = imap_folders.path_of(name, imap_folders.personal_prefix(self._link))
        use = imap_folders.special_use(role) if "CREATE-SPECIAL-USE" in self.capabilities else b""
        self._link.run(b"CREATE", encoded(path), *([b"(USE (%s))" % use] if use else []))
        return path

    def subscribe(self, path: str) -> None:
        """Let other mail programs show the folder."""
        self._link.run(b"SUBSCRIBE", encoded(path))

    def open(self, path: str, known: SyncState | None = None) -> Opened:
        """Select the folder, with what changed since `known` where the server can tell."""
        link = self._link
        link.settle()
        since = known if known and known.highest_modseq and self._qresync else None
        opened, kept_flags = open_folder(link, encoded(path), since)
        link.selected(opened.messages)
        self._keywords = "\\*" in kept_flags
        return opened

    def newest(self, count: int) -> list[Header]:
        """The last `count` messages of the open folder, newest first."""
        link = self._link
        link.settle()
        if link.exists <= 0:
            return []
        first = max(link.exists - count + 1, 1)
        tag = imap_fetch.ask_rows(link, b"%d:*" % first, by_uid=False)
        return list(imap_fetch.rows(link, tag))[::-1]

    def headers(self, first: int = 1, last: int = LAST_UID) -> Iterator[Header]:
        """The headers of a range of UIDs as they come, oldest first."""
        link = self._link
        link.settle()
        return imap_fetch.rows(link, imap_fetch.ask_rows(link, b"%d:%d" % (first, last)))

    def headers_set(self, uids: Iterable[int]) -> Iterator[Header]:
        """The headers of these UIDs as they come."""
        for page in imap_fetch.pipelined(self._link, parse.packed(uids)):
            yield from page

    def pages(self, ranges: Iterable[tuple[int, int]]) -> Iterator[list[Header]]:
        """The headers of each range of UIDs; the next is asked for before this one is read."""
        return imap_fetch.pages(self._link, ranges)

    def flags(
        self, first: int = 1, last: int = LAST_UID, changed_since: int = 0
    ) -> dict[int, Flag]:
        """Flags by UID, of those changed after `changed_since` where the server can tell."""
        since = changed_since if "CONDSTORE" in self.capabilities else 0
        return imap_fetch.flags(self._link, b"%d:%d" % (first, last), since)

    def uids(self, first: int = 1, last: int = LAST_UID) -> "array[int]":
        """The UIDs that exist in a range, in order."""
        esearch = b" RETURN (ALL)" if "ESEARCH" in self.capabilities else b""
        answer = self._link.run(b"UID SEARCH%s UID %d:%d" % (esearch, first, last))
        return _found(answer)

    def find_message_id(self, message_id: str) -> list[int]:
        """The UIDs in the open folder that carry this Message-ID, given without `<>`."""
        # SEARCH looks for a part of the field: without <> it would find 13@x for 3@x.
        wanted = f"<{message_id}>".encode()
        charset = b"" if wanted.isascii() else b" CHARSET UTF-8"
        command = b"UID SEARCH%s HEADER MESSAGE-ID" % charset
        return list(_found(self._link.run(command, astring(wanted))))

    def source(self, uid: int, *, limit: int | None = None) -> bytes:
        """The whole mail, or its first `limit` bytes."""
        return imap_fetch.body(self._link, uid, "", limit)

    def sources(self, sets: Iterable[Iterable[int]]) -> Iterator[list[tuple[int, bytes]]]:
        """Whole mails by UID, a list for each set or more; those that are gone are left out.

        The next set is asked for before this one is read.
        """
        packed = (some for uids in sets for some in parse.packed(uids))
        return imap_fetch.sources(self._link, packed)

    def section(
        self,
        uid: int,
        section: str,
        *,
        mime: bool = False,
        size: int = 0,
        progress: Progress | None = None,
    ) -> bytes:
        """A part still encoded, its MIME header with `mime`, or HEADER.

        `progress` hears done and total bytes (`size`) and may raise to give the rest up.
        """
        wanted = f"{section}.MIME" if mime else section
        if progress is None:
            return imap_fetch.body(self._link, uid, wanted)
        return imap_fetch.body_by_pieces(self._link, uid, wanted, size, progress)

    def structure(self, uid: int) -> Value:
        """BODYSTRUCTURE as nested tuples of bytes, numbers and None; BadData when senseless."""
        return imap_fetch.structure(self._link, uid)

    def set_flag(self, uids: Iterable[int], flag: Flag, on: bool) -> None:
        """Set or clear flags. A keyword that the folder cannot keep is left out in silence."""
        names = [name for one, name in IMAP_FLAGS.items() if one in flag]
        kept = [name for name in names if self._keywords or name.startswith("\\")]
        if kept:
            self._store(uids, b"+" if on else b"-", " ".join(kept).encode())

    def _store(self, uids: Iterable[int], sign: bytes, names: bytes) -> None:
        for some in parse.packed(uids):
            self._link.run(b"UID STORE", some, sign + b"FLAGS.SILENT", b"(%s)" % names)

    def move(self, uids: Iterable[int], path: str) -> dict[int, int]:
        """Move to another folder; old and new UIDs where the server tells (RFC 4315)."""
        moves = "MOVE" in self.capabilities
        known: dict[int, int] = {}
        for some in parse.packed(uids):
            answer = self._link.run(b"UID MOVE" if moves else b"UID COPY", some, encoded(path))
            for code in answer.all_codes("COPYUID"):
                known |= parse.copied(code)
            if not moves:
                self.expunge(parse.expanded(some))
        return known

    def append(self, path: str, source: bytes, flags: Flag = Flag.NONE, date: float = 0.0) -> int:
        """Put a mail into a folder; its UID there, 0 when the server does not tell.

        `date` is its INTERNALDATE in seconds since 1970, now without one.
        """
        names = " ".join(name for flag, name in IMAP_FLAGS.items() if flag in flags)
        answer = self._link.run(
            b"APPEND",
            encoded(path),
            b"(%s)" % names.encode(),
            parse.written_date(date or time.time()),
            Literal(crlf(source)),
        )
        return parse.digits(answer.told("APPENDUID").rpartition(" ")[2])

    def expunge(self, uids: Iterable[int]) -> None:
        """Delete for good these messages and no others, also where UIDPLUS is missing."""
        wanted = set(uids)
        if not wanted:
            return
        self._store(wanted, b"+", b"\\Deleted")
        if "UIDPLUS" in self.capabilities:
            for some in parse.packed(wanted):
                self._link.run(b"UID EXPUNGE", some)
            return
        others = set(_found(self._link.run(b"UID SEARCH DELETED"))) - wanted
        self._store(others, b"-", b"\\Deleted")
        self._link.run(b"EXPUNGE")
        self._store(others, b"+", b"\\Deleted")

    def quota(self) -> Quota | None:
        """How full the mailbox is, None when the server does not tell."""
        if "QUOTA" not in self.capabilities:
            return None
        try:
            with self._link.library() as client:
                _roots, quotas = client.get_quota_root("INBOX")
                stored = [one for one in quotas if one.resource.upper() == "STORAGE"]
                told = [(int(one.usage), int(one.limit)) for one in stored]
        except Refused:
            return None
        return Quota(told[0][0] * 1024, told[0][1] * 1024) if told else None

    def idle(self, wake_fd: int, seconds: float) -> bool:
        """Wait until the server says something (True), or `wake_fd` is readable or time is up.

        What it said during earlier commands and nobody looked at counts. Sync afterwards.
        """
        link = self._link
        if not link.news:
            link.watch(wake_fd, time.monotonic() + seconds)
        said, link.news = link.news, False
        return said

    def noop(self) -> None:
        """Keep the link alive, and notice when it is not."""
        self._link.run(b"NOOP")

    def abort(self) -> None:
        """From any thread: end whatever wait there is. The connection is of no use after it."""
        self._link.transport.abort()

    def close(self) -> None:
        """Take leave without waiting for the answer."""
        self._link.close()


def _found(answer: Answer) -> "array[int]":
    found = array("q")
    for line in answer.responses:
        if line.name in (b"SEARCH", b"ESEARCH"):
            found.extend(parse.searched(line.pieces[0]))
    return array("q", sorted(found))
