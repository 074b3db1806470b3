"""The MIME tree of a mail as byte ranges of its source (RFC 2045, RFC 2046). Never raises.

Our own, because the standard parser loses the bytes of an embedded message, recurses on hostile
nesting and raises on odd headers. Bounded in depth, in parts and in header size.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from acterm.mail.clean import clean_name
from acterm.mail.parsing.charset import codec_of, decode_bytes
from acterm.mail.parsing.fields import MAX_HEADER, Fields, header_start, split_header
from acterm.mail.parsing.header import decode
from acterm.mail.parsing.parameters import parameters
from acterm.mail.parsing.transfer import decoded, decoded_size, decoded_text

__all__ = ["Part", "decoded", "find", "tree"]

MAX_DEPTH = 64
MAX_PARTS = 20_000

_FIRST_MARK = re.compile(rb"(?:\A|\n)--(\S[^\r\n]{0,68}?)[ \t]*\r?\nContent-", re.IGNORECASE)
_META_CHARSET = re.compile(
    rb"<(?:meta\b[^<>]{0,200}?charset|\?xml\b[^<>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
_TYPE = re.compile(r"[\w.+!#$&^-]+/[\w.+!#$&^-]+", re.ASCII)
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_SIZE_FIELD = "x-acterm-size"


@dataclass(frozen=True)
class Part:
    """One part. `start` and `end` bound its body in `source`; `section` is RFC 9051 §6.4.5's.

    `broken` tells that this part does not keep to the format, `cut` that a multipart lacks its
    last boundary.
    """

    source: bytes
    section: str
    start: int
    end: int
    fields: Fields
    type: str
    parameters: Mapping[str, str]
    children: tuple["Part", ...] = ()
    broken: bool = False
    cut: bool = False

    def field(self, name: str) -> bytes:
        """The first field of this name (lower case), empty without one."""
        return next((value for known, value in self.fields if known == name), b"")

    @property
    def raw(self) -> bytes:
        """The body as it stands, still encoded."""
        return self.source[self.start : self.end]

    @property
    def encoding(self) -> str:
        """Content-Transfer-Encoding in lower case."""
        value = self.field("content-transfer-encoding")
        return value.decode("ascii", "replace").strip().lower()

    @cached_property
    def content(self) -> bytes:
        """The body decoded from its transfer encoding."""
        return decoded(self.raw, self.encoding)

    @property
    def size(self) -> int:
        """The bytes of `content`."""
        return decoded_size(self.raw, self.encoding)

    @cached_property
    def disposition(self) -> tuple[str, Mapping[str, str]]:
        """Content-Disposition and its parameters (RFC 2183)."""
        return parameters(self.field("content-disposition"))

    @cached_property
    def name(self) -> str:
        """The file name, decoded, composed and cleaned, empty without one."""
        return unicodedata.normalize("NFC", clean_name(self.raw_name))

    @property
    def raw_name(self) -> str:
        """The file name decoded but not cleaned: for looking at, never for showing."""
        _kind, disposition = self.disposition
        return disposition.get("filename") or self.parameters.get("name", "")

    @property
    def content_id(self) -> str:
        """Content-ID without angle brackets."""
        return decode(self.field("content-id")).strip("<> ")

    @property
    def announced_size(self) -> int:
        """The decoded size that a skeleton announces for a part it leaves out, else -1."""
        value = self.field(_SIZE_FIELD).strip()
        return int(value) if value.isdigit() and len(value) < 16 else -1

    def text(self) -> tuple[str, bool]:
        """The content as text, and whether its charset was guessed."""
        charset = self.parameters.get("charset", "")
        content = decoded_text(self.raw, self.encoding)
        if self.type == "text/html" and not codec_of(charset):
            named = _META_CHARSET.search(content, 0, 4096)
            charset = named[1].decode("ascii") if named else charset
        return decode_bytes(content, charset)

    def walk(self) -> Iterator["Part"]:
        """This part and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class _Walk:
    """How many parts may still be read, and the numbers on the way to the only one wanted."""

    left: int
    way: tuple[int, ...]


def tree(source: bytes, only: str = "") -> Part:
    """The whole mail as a tree, or as much of it as leads to one section and holds what is below.

    Lines that end in CR alone, as old Macs saved them, count too.
    """
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        source = source.decode("utf-16", "ignore").encode("utf-8", "replace")
    first = source.find(b"\r", 0, MAX_HEADER)
    if first >= 0 and source.find(b"\n", 0, first + 3) < 0:
        source = _LONE_RETURN.sub(b"\n", source)
    start = header_start(source)
    fields, body, broken = split_header(source, start, len(source))
    way = tuple(int(number) for number in only.split(".") if number.isdecimal())
    walk = _Walk(MAX_PARTS, way)
    return _part(source, (body, len(source)), fields, broken or not fields, "", walk)


def find(root: Part, section: str) -> Part | None:
    """The part with this section number."""
    return next((part for part in root.walk() if part.section == section), None)


def _part(
    source: bytes,
    bounds: tuple[int, int],
    fields: Fields,
    broken: bool,
    section: str,
    walk: _Walk,
    *,
    usual: str = "text/plain",
) -> Part:
    """A part from its fields and the bounds of its body; `usual` is its type without a field."""
    start, end = bounds
    walk.left -= 1
    given = next((value for name, value in fields if name == "content-type"), b"")
    kind, values = _content_type(given, usual)
    if kind.startswith("multipart/"):
        boundary = values.get("boundary", "").encode("utf-8", "replace")
        ranges, cut = _ranges(source, start, end, boundary)
        if not ranges:
            ranges, cut = _ranges(source, start, end, _likely_boundary(source, start, end))
        if ranges and section.count(".") < MAX_DEPTH and walk.left > 0:
            children = _children(source, ranges, kind, section, walk)
            return Part(source, section, start, end, fields, kind, values, children, broken, cut)
        if inner := _packed(source[start:end], fields):
            bare = tuple(field for field in fields if field[0] != "content-transfer-encoding")
            return _part(inner, (0, len(inner)), bare, True, section, walk)
        kind, broken = "text/plain", True
    return Part(source, section or "1", start, end, fields, kind, values, (), broken)


def _packed(raw: bytes, fields: Fields) -> bytes:
    """What a multipart holds that was encoded as a whole, against RFC 2045 §6.4; else empty."""
    encoding = next((value for name, value in fields if name == "content-transfer-encoding"), b"")
    content = decoded(raw, encoding.decode("ascii", "replace").strip())
    return b"\n" + content if content != raw and b"--" in content else b""


def _content_type(given: bytes, usual: str) -> tuple[str, Mapping[str, str]]:
    kind, values = parameters(given)
    if not _TYPE.fullmatch(kind):
        kind = "multipart/mixed" if kind.startswith("multipart/") else "text/plain"
    return (kind if given else usual), values


def _children(
    source: bytes, ranges: list[tuple[int, int]], kind: str, section: str, walk: _Walk
) -> tuple[Part, ...]:
    usual = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    children: list[Part] = []
    level = section.count(".") + 1 if section else 0
    wanted = walk.way[level] if level < len(walk.way) else 0
    for number, (first, last) in enumerate(ranges, 1):
        if walk.left <= 0:
            break
        if wanted and number != wanted:
            continue
        fields, body, broken = split_header(source, first, last)
        below = f"{section}.{number}" if section else str(number)
        children.append(_part(source, (body, last), fields, broken, below, walk, usual=usual))
    return tuple(children)


def _ranges(
    source: bytes, start: int, end: int, boundary: bytes
) -> tuple[list[tuple[int, int]], bool]:
    """Where the children of a multipart stand, and whether its last boundary is missing."""
    ranges: list[tuple[int, int]] = []
    mark = b"--" + boundary.rstrip()
    opened = -1
    at = start if source.startswith(mark, start) else source.find(b"\n" + mark, start, end) + 1
    while boundary and at and len(ranges) < MAX_PARTS:
        line_end = source.find(b"\n", at, end) + 1 or end
        rest = source[at + len(mark) : line_end].strip()
        if rest in (b"", b"--"):
            if opened >= 0 and (at > opened or (rest and not ranges)):  # two lines, no part between
                last = at - (2 if source[at - 2 : at] == b"\r\n" else 1)
                ranges.append((opened, max(opened, last)))
            if rest:
                return ranges, False
            opened = line_end
        at = source.find(b"\n" + mark, line_end - 1, end) + 1
    if opened >= 0:
        ranges.append((opened, end))
    return ranges, True


def _likely_boundary(source: bytes, start: int, end: int) -> bytes:
    """The boundary that a multipart uses without naming it, empty when none is to be seen."""
    found = _FIRST_MARK.search(source, max(start - 1, 0), min(end, start + MAX_HEADER))
    return found[1] if found else b""
