"""What passes between acterm and the child that reads: JSON and raw bytes, strictly checked.

A child that was taken over by what it read may answer anything. So nothing here runs or trusts
what it says: every field has its type and bounds, every word passes `clean` once more.
"""

import io
import json
import struct
from collections.abc import Mapping, Sequence
from typing import IO, Any

from acterm.errors import BadData
from acterm.mail.clean import clean, clean_name
from acterm.mail.message import Line, Span, Style
from acterm.viewers.asked import MAX_LINES
from acterm.viewers.view import Entry, Locked, Member, Picture, View

MAX_MEMBER = 64 << 20
# Lines, and a picture.
MAX_VIEW = 32 << 20
MAX_ENTRIES = 5000
MAX_PAGES = 100_000
MAX_SIDE = 4096
_MOST_LINES = MAX_LINES + 200  # a mail has lines around its text
_MOST = 1 << 28
_MAX_INTEGER = 1 << 53
# In two pieces, so that large bytes are not copied: what stands before them, and they.
Block = tuple[bytes, bytes]
_SIZES = struct.Struct(">QQ")


def packed(head: Mapping[str, Any], body: bytes = b"") -> Block:
    """A JSON object and raw bytes as one block, their lengths first."""
    words = json.dumps(head, ensure_ascii=False).encode("utf-8", "replace")
    return _SIZES.pack(len(words), len(body)) + words, body


def received(stream: "IO[bytes]") -> tuple[dict[str, Any], bytes]:
    """The two of a block, read without a second copy of the bytes. Raises ValueError."""
    size, rest = _SIZES.unpack(stream.read(_SIZES.size))
    if max(size, rest) > _MOST:
        raise ValueError("sizes")
    head = json.loads(stream.read(size))
    body = stream.read(rest)
    if not isinstance(head, dict) or len(body) != rest:
        raise ValueError("not a block")
    return head, body


def of_view(shown: View) -> Block:
    """A View as a block."""
    picture = shown.picture
    head = {
        "lines": [
            [line.text, line.quote, *([s.start, s.end, s.style, s.link] for s in line.spans)]
            for line in shown.lines
        ],
        "note": shown.note,
        "cut": shown.cut,
        "wide": shown.wide,
        "head": shown.head,
        "picture": [picture.width, picture.height] if picture else [],
        "page": shown.page,
        "pages": shown.pages,
        "names": shown.names,
        "entries": [
            [entry.number, entry.name, entry.type, entry.size, entry.locked]
            for entry in shown.entries
        ],
        "listed": shown.listed,
        "locked": shown.locked,
    }
    return packed(head, picture.pixels if picture else b"")


def to_view(block: bytes) -> View:
    """The View of a block. Raises Locked or BadData when the child says why there is none.

    Raises ValueError when it is neither.
    """
    head, body = _heeded(block)
    return View(
        lines=tuple(_line(item) for item in _list(head.get("lines"), _MOST_LINES)),
        note=_words(head.get("note")),
        cut=_flag(head.get("cut")),
        wide=_flag(head.get("wide")),
        head=_integer(head.get("head"), 0, _MOST_LINES),
        picture=_picture(_list(head.get("picture"), 2), body),
        page=_integer(head.get("page"), 1, MAX_PAGES),
        pages=_integer(head.get("pages"), 1, MAX_PAGES),
        names=tuple(_words(item) for item in _list(head.get("names"), MAX_PAGES)),
        entries=tuple(_entry(item) for item in _list(head.get("entries"), MAX_ENTRIES)),
        listed=_integer(head.get("listed"), 0, _MOST_LINES),
        locked=_flag(head.get("locked")),
    )


def of_member(found: Member) -> Block:
    """A Member as a block."""
    return packed({"name": found.name, "type": found.type}, found.data)


def of_refusal(refused: BadData) -> Block:
    """Why there is no View or Member, as a block."""
    return packed({"refused": str(refused), "locked": isinstance(refused, Locked)})


def to_member(block: bytes) -> Member:
    """The Member of a block. Raises Locked or BadData when the child says why there is none.

    Raises ValueError when it is neither.
    """
    head, body = _heeded(block)
    return Member(clean_name(_text(head.get("name"))), _kind(head.get("type")), body)


def _heeded(block: bytes) -> tuple[dict[str, Any], bytes]:
    """The two of a block, a refusal raised."""
    stream = io.BytesIO(block)
    try:
        head, body = received(stream)
    except struct.error as cut:
        raise ValueError("too short") from cut
    if stream.tell() != len(block):
        raise ValueError("more than a block")
    if "refused" in head:
        refusal = Locked if _flag(head.get("locked")) else BadData
        raise refusal(_words(head["refused"]))
    return head, body


def _line(item: object) -> Line:
    text, quote, *spans = _list(item, 10_000, least=2)
    words = clean(_text(text)).replace("\n", " ")
    return Line(
        words, tuple(_span(span, len(words)) for span in spans), _integer(quote, 0, _MAX_INTEGER)
    )


def _span(item: object, length: int) -> Span:
    start, end, style, link = _list(item, 4, least=4)
    first = _integer(start, 0, length)
    return Span(
        first, _integer(end, first, length), Style(_text(style)), _integer(link, 0, _MAX_INTEGER)
    )


def _picture(size: Sequence[object], pixels: bytes) -> Picture | None:
    if not size and not pixels:
        return None
    width, height = (_integer(side, 1, MAX_SIDE) for side in size)
    if len(pixels) != width * height * 3:
        raise ValueError("pixels")
    return Picture(pixels, width, height)


def _entry(item: object) -> Entry:
    number, name, kind, size, locked = _list(item, 5, least=5)
    return Entry(
        _integer(number, 1, MAX_ENTRIES),
        clean_name(_text(name)),
        _kind(kind),
        _integer(size, -1, _MAX_INTEGER),
        _flag(locked),
    )


def _list(value: object, most: int, *, least: int = 0) -> Sequence[object]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise ValueError("list")
    return value


def _integer(value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("integer")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("flag")  # noqa: TRY004 (as above)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("text")  # noqa: TRY004 (as above)
    return value


def _words(value: object) -> str:
    return clean(_text(value), line=True)


def _kind(value: object) -> str:
    return clean_name(_text(value)).lower()[:100]
