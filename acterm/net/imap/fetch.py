"""FETCH, streamed: headers, flags, sources, parts (RFC 9051 §6.4.5, §7.5.2)."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from acterm.errors import BadData, Refused
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.message import Flag, Header
from acterm.mail.parsing import header
from acterm.net import failures
from acterm.net.imap import parse as imap_parse
from acterm.net.imap.answer import Response
from acterm.net.imap.link import Link
from acterm.net.imap.parse import Value
from acterm.net.transport import MAX_LITERAL

_FIELDS = (
    b"BODY.PEEK[HEADER.FIELDS (DATE FROM TO CC SUBJECT MESSAGE-ID IN-REPLY-TO REFERENCES"
    b" LIST-ID CONTENT-TYPE)]"
)
_ITEMS = b"(UID FLAGS INTERNALDATE RFC822.SIZE " + _FIELDS + b")"

# The shapes nearly every answer has; any other goes through the tokens.
_ROW = re.compile(
    rb'\* \d+ FETCH \(UID (\d{1,10}) FLAGS \(([^)]*)\) INTERNALDATE "([^"]*)"'
    rb" RFC822\.SIZE (\d{1,18}) BODY\[HEADER\.FIELDS [^\]]*\] \{(\d{1,8})\}\r\n"
)
_SOURCE = re.compile(rb"\* \d+ FETCH \(UID (\d{1,10}) BODY\[\] \{(\d{1,9})\}\r\n")
_CLOSED = re.compile(rb"\)\r\n")
_FLAGS = re.compile(rb"\* \d+ FETCH \(UID (\d{1,10}) FLAGS \(([^)]*)\)(?: MODSEQ \(\d+\))?\)\r\n")
_SECTION = re.compile(rb"(?:\d{1,6}(?:\.\d{1,6}){0,99})?\.?(?:HEADER|TEXT|MIME)?")
_ORIGIN = re.compile(rb"BODY\[[^\]]*\](?:<(\d{1,12})>)?")

# A header larger than this is cut; its sender wants to fill memory, not to be read.
_HEADER_KEPT = 1 << 16
_HEADER_LIMIT = 1 << 26
_SMALL = 1 << 20
# So often a slow line tells how far it is, and so soon it can be stopped.
_PIECE = 1 << 18
_MAX_OTHERS = 10_000
# What a mail costs in memory besides its bytes.
_MAIL_COST = 512

_Fetched = TypeVar("_Fetched")

# Told how many bytes have come, and of how many (0: not known). May raise to give up.
Progress = Callable[[int, int], None]


def ask_rows(link: Link, messages: bytes, *, by_uid: bool = True) -> bytes:
    """Send the FETCH for the list's rows of these messages; returns its tag."""
    return link.send(b"UID FETCH" if by_uid else b"FETCH", messages, _ITEMS)


def rows(link: Link, tag: bytes) -> Iterator[Header]:
    """The rows as they come, in the server's order."""
    transport, parse, flags, arrival = (
        link.transport,
        header.parse,
        imap_parse.flags,
        imap_parse.arrival,
    )
    while True:
        found = transport.match(_ROW)
        if found:
            uid, names, date, size, length = found.groups()
            raw = transport.literal(int(length), _HEADER_KEPT, _HEADER_LIMIT)
            if not transport.match(_CLOSED):
                link.pieces(transport.line(), _SMALL, 0)
            yield parse(
                raw, uid=int(uid), flags=flags(names), size=int(size), internal_date=arrival(date)
            )
            continue
        response = link.next(tag, _HEADER_KEPT, _HEADER_LIMIT)
        if response is None:
            break
        row = _row(response)
        if row:
            yield row
    link.finish(tag)


def pages(link: Link, spans: Iterable[tuple[int, int]]) -> Iterator[list[Header]]:
    """The rows of each range of UIDs, the next range asked for before this one is read."""
    early: list[Header] = []
    asked: deque[tuple[int, int]] = deque()

    def sets() -> Iterator[bytes]:
        for first, last in spans:
            asked.append((first, last))
            yield b"%d:%d" % (first, last)

    for received in pipelined(link, sets()):
        first, last = asked.popleft()
        # Dovecot may send rows of the next range before it ends the command for this one.
        early += received
        yield [row for row in early if first <= row.uid <= last]
        early = [row for row in early if not first <= row.uid <= last]


def pipelined(link: Link, messages: Iterable[bytes]) -> Iterator[list[Header]]:
    """The rows that come until the FETCH of each set has ended."""
    return _one_ahead(link, messages, _ITEMS, rows)


def sources(link: Link, messages: Iterable[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    """Whole mails by UID, those that come until the FETCH of each set has ended."""
    return _one_ahead(link, messages, b"(UID BODY.PEEK[])", _sources)


def _one_ahead(
    link: Link,
    messages: Iterable[bytes],
    items: bytes,
    read: Callable[[Link, bytes], Iterator[_Fetched]],
) -> Iterator[list[_Fetched]]:
    """What comes until the FETCH of each set has ended, the next one sent before it is read."""
    link.settle()
    tags: deque[bytes] = deque()
    for wanted in messages:
        tags.append(link.send(b"UID FETCH", wanted, items))
        if len(tags) > 1:
            yield list(read(link, tags.popleft()))
    while tags:
        yield list(read(link, tags.popleft()))


def _row(response: Response) -> Header | None:
    """A row in any other shape; None for an answer to something else."""
    items = fetched(response)
    raw = next((value for name, value in items.items() if name.startswith(b"BODY[HEADER")), None)
    uid = imap_parse.number(items.get(b"UID"))
    if not uid or not isinstance(raw, bytes):
        return None
    return header.parse(
        raw,
        uid=uid,
        flags=imap_parse.flags_of(items.get(b"FLAGS")),
        size=imap_parse.number(items.get(b"RFC822.SIZE")),
        internal_date=imap_parse.arrival(imap_parse.text(items.get(b"INTERNALDATE"))),
    )


def fetched(response: Response) -> dict[bytes, Value]:
    """The items of a FETCH answer, nothing of any other or of one that cannot be read."""
    if response.name != b"FETCH":
        return {}
    try:
        return imap_parse.pairs(response.values[0])
    except (BadData, IndexError):
        return {}


def flags(link: Link, messages: bytes, changed_since: int = 0) -> dict[int, Flag]:
    """The flags by UID; only those changed after `changed_since` (RFC 7162 §3.1.4)."""
    link.settle()
    modifier = [b"(CHANGEDSINCE %d)" % changed_since] if changed_since else []
    tag = link.send(b"UID FETCH", messages, b"(UID FLAGS)", *modifier)
    known, _others = read_flags(link, tag)
    link.finish(tag)
    return known


def read_flags(link: Link, tag: bytes) -> tuple[dict[int, Flag], list[Response]]:
    """The flags by UID until the command has ended, and what else was answered."""
    known: dict[int, Flag] = {}
    others: list[Response] = []
    match, meaning = link.transport.match, imap_parse.flags
    while len(others) < _MAX_OTHERS:
        while found := match(_FLAGS):
            known[int(found[1])] = meaning(found[2])
        response = link.next(tag, limit=_SMALL)
        if response is None:
            return known, others
        if response.name == b"FETCH":
            known |= flags_in(response)
        else:
            others.append(response)
    raise failures.unreadable_answer(str(link.transport.server))


def flags_in(response: Response) -> dict[int, Flag]:
    """The UID and flags of one FETCH answer that has both."""
    items = fetched(response)
    uid = imap_parse.number(items.get(b"UID"))
    return {uid: imap_parse.flags_of(items[b"FLAGS"])} if uid and b"FLAGS" in items else {}


def body(link: Link, uid: int, section: str, limit: int | None = None) -> bytes:
    """The bytes of a section as the server holds them, "" for the whole mail."""
    link.settle()
    partial = "" if limit is None else f"<0.{limit}>"
    return _first_of(_bodies(link, _ask_body(link, uid, section, partial)))


def _sources(link: Link, tag: bytes) -> Iterator[tuple[int, bytes]]:
    """Mails as they come; more than the largest may weigh is not what was asked for."""
    room = MAX_LITERAL
    for uid, source in _all_sources(link, tag):
        room -= len(source) + _MAIL_COST
        if room < 0:
            raise failures.unreadable_answer(str(link.transport.server))
        yield uid, source
    link.finish(tag)


def _all_sources(link: Link, tag: bytes) -> Iterator[tuple[int, bytes]]:
    transport = link.transport
    while True:
        while found := transport.match(_SOURCE):
            source = transport.literal(int(found[2]))
            if not transport.match(_CLOSED):
                link.pieces(transport.line(), _SMALL, 0)
            yield int(found[1]), source
        response = link.next(tag)
        if response is None:
            return
        items = fetched(response)
        whole = items.get(b"BODY[]")
        if isinstance(whole, bytes):
            yield imap_parse.number(items.get(b"UID")), whole


def body_by_pieces(link: Link, uid: int, section: str, total: int, progress: Progress) -> bytes:
    """The same in pieces, so that `progress` may raise and leave the link usable."""
    link.settle()
    received: dict[int, bytes] = {}
    done = 0
    ahead = _ask_body(link, uid, section, f"<0.{_PIECE}>")
    while done <= MAX_LITERAL:
        tag = ahead
        ahead = _ask_body(link, uid, section, f"<{done + _PIECE}.{_PIECE}>")
        received |= _bodies(link, tag)
        piece = received.get(done, b"") if done else _first_of(received)
        done += len(piece)
        progress(done, max(total, done))
        if len(piece) < _PIECE:
            return b"".join(received[offset] for offset in sorted(received))
    raise failures.unreadable_answer(str(link.transport.server))


def _ask_body(link: Link, uid: int, section: str, partial: str) -> bytes:
    name = section.upper().encode()
    if not _SECTION.fullmatch(name):
        raise BadData(_("There is no part {section}.").format(section=clean(section, line=True)))
    return link.send(b"UID FETCH %d (UID BODY.PEEK[%s]%s)" % (uid, name, partial.encode()))


def _bodies(link: Link, tag: bytes) -> dict[int, bytes]:
    """What came of a section by its offset: perhaps that of a later command too."""
    found: dict[int, bytes] = {}
    while response := link.next(tag):
        for name, value in fetched(response).items():
            origin = _ORIGIN.fullmatch(name)
            if origin:
                found[int(origin[1] or 0)] = value if isinstance(value, bytes) else b""
    link.finish(tag)
    return found


def _first_of(bodies: dict[int, bytes]) -> bytes:
    if 0 not in bodies:
        raise Refused(_("The mail is no longer on the server."))
    return bodies[0]


def structure(link: Link, uid: int) -> Value:
    """BODYSTRUCTURE as nested tuples of bytes, numbers and None; raises BadData."""
    link.settle()
    answer = link.run(b"UID FETCH %d (UID BODYSTRUCTURE)" % uid)
    for response in answer.named(b"FETCH"):
        items = imap_parse.pairs(response.values[0])
        if isinstance(found := items.get(b"BODYSTRUCTURE"), tuple):
            return found
    raise Refused(_("The mail is no longer on the server."))
