"""The MIME tree of a mail as byte ranges of its source (RFC 2045, RFC 2046). Never raises.

Our own, because the standard parser loses the bytes of an embedded message, recurses on hostile
nesting and raises on odd headers. Bounded in depth, in parts and in header size.
"""

import binascii
import quopri
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote_to_bytes

from acterm.mail.clean import clean_name
from acterm.mail.header import MAX_FIELD, decode, decode_bytes, decoded_words

MAX_DEPTH = 24
MAX_PARTS = 1000
MAX_HEADER = 1 << 20

_LINE = re.compile(rb"[^\n]*\n?")
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_SIZE_FIELD = "x-acterm-size"
_TYPE = re.compile(r"[\w.+!#$&^-]+/[\w.+!#$&^-]+", re.ASCII)
_META_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One part. `start` and `end` bound its body in `source`; `section` is RFC 9051 §6.4.5's.

    `cut` tells a multipart whose last boundary is missing.
    """

    source: bytes
    section: str
    start: int
    end: int
    fields: tuple[tuple[str, bytes], ...]
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

    @cached_property
    def content(self) -> bytes:
        """The body decoded from its transfer encoding."""
        encoding = self.field("content-transfer-encoding").strip().lower()
        return decoded(self.raw, encoding.decode("ascii", "replace"))

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
        if not charset and self.type == "text/html":
            named = _META_CHARSET.search(self.content[:8192])
            charset = named[1].decode("ascii") if named else ""
        return decode_bytes(self.content, charset)

    def walk(self) -> Iterator["Part"]:
        """This part and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(source: bytes) -> Part:
    """The whole mail as a tree."""
    return _part(source, 0, len(source), "", _Place(0, "text/plain", [MAX_PARTS]))


def find(root: Part, section: str) -> Part | None:
    """The part with this section number."""
    return next((part for part in root.walk() if part.section == section), None)


def split_header(
    source: bytes, start: int, end: int
) -> tuple[tuple[tuple[str, bytes], ...], int, bool]:
    """The fields, where the body begins, and whether the header is broken."""
    if source.startswith(b"From ", start) or source.startswith(b">From ", start):
        start = _LINE.match(source, start, end).end()  # type: ignore[union-attr]  # always matches
    fields: list[tuple[str, bytes]] = []
    at, limit = start, min(end, start + MAX_HEADER)
    while at < limit:
        line_end = source.find(b"\n", at, end) + 1 or end
        line = source[at:line_end]
        if not line.strip(b"\r\n"):
            return tuple(fields), line_end, not fields
        if line[:1] in b" \t" and fields:
            name, value = fields[-1]
            if len(value) < MAX_FIELD:
                fields[-1] = (name, value + line)
        else:
            before, colon, after = line.partition(b":")
            before = before.rstrip(b" \t")
            if not colon or not before or not all(32 < byte < 127 for byte in before):
                return tuple(fields), at, True
            fields.append((before.decode("ascii").lower(), after))
        at = line_end
    return tuple(fields), at, not fields or at < end


def parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """A structured field and its parameters, RFC 2231 and RFC 2047 both undone."""
    text = decode_bytes(value[:MAX_FIELD])[0].replace("\r\n", "").replace("\n", "")
    main = re.split(r"[\s(]", text.partition(";")[0].strip().lower())[0]
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in list(_PARAMETER.finditer(text))[:200]:
        name = found[1].lower()
        raw = _unquoted(found[2])
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, decoded_words(raw) if "=?" in raw else raw)
            continue
        number = rest.rstrip("*")
        order = int(number) if number.isdigit() and len(number) < 4 else 0
        pieces.setdefault(base, []).append((order, name.endswith("*"), raw))
    for base, parts in pieces.items():
        plain[base] = _joined(sorted(parts, key=lambda piece: piece[0]))
    return main, plain


def decoded(raw: bytes, encoding: str) -> bytes:
    """Bytes out of base64, quoted-printable or uuencode; anything else stands as it is."""
    encoding = encoding.partition(";")[0].strip().strip("\"'")
    if encoding == "base64":
        return _base64(raw)
    if encoding == "quoted-printable":
        return quopri.decodestring(raw)
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _uudecoded(raw)
    return raw


@dataclass(frozen=True)
class _Place:
    """Where a part stands: its depth, the type it has without saying so, how many may follow."""

    depth: int
    default: str
    left: list[int]


def _part(source: bytes, start: int, end: int, section: str, place: _Place) -> Part:
    place.left[0] -= 1
    fields, body, broken = split_header(source, start, end)
    if place.depth and not fields and body > start:
        broken = False  # RFC 2046 §5.1: a part without a header is a proper one
    given = next((value for name, value in fields if name == "content-type"), b"")
    kind, values = parameters(given)
    if not _TYPE.fullmatch(kind):
        kind = "text/plain" if given else place.default
    boundary = values.get("boundary", "")
    if kind.startswith("multipart/") and boundary and place.depth < MAX_DEPTH:
        ranges, cut = _ranges(source, body, end, boundary)
        ranges = ranges[: max(place.left[0], 0)]
        if ranges:
            default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            below = _Place(place.depth + 1, default, place.left)
            children = tuple(
                _part(source, first, last, _below(section, number), below)
                for number, (first, last) in enumerate(ranges, 1)
            )
            return Part(source, section, body, end, fields, kind, values, children, broken, cut)
    if kind.startswith("multipart/"):
        kind, broken = "text/plain", True
    return Part(source, section or "1", body, end, fields, kind, values, (), broken)


def _below(section: str, number: int) -> str:
    return f"{section}.{number}" if section else str(number)


def _ranges(
    source: bytes, start: int, end: int, boundary: str
) -> tuple[list[tuple[int, int]], bool]:
    """Where the children of a multipart stand, and whether its closing boundary is missing."""
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    pattern = re.compile(rb"(?:^|(?<=\n))--" + mark + rb"(--)?[ \t]*(?:\r?\n|\Z|\r?$)")
    ranges: list[tuple[int, int]] = []
    opened = -1
    for found in pattern.finditer(source, start, end):
        if opened >= 0:
            last = found.start() - 1
            if last > opened and source[last - 1 : last] == b"\r":
                last -= 1
            ranges.append((opened, max(opened, last)))
        opened = -1 if found[1] else found.end()
        if found[1] or len(ranges) >= MAX_PARTS:
            break
    if opened >= 0:
        ranges.append((opened, end))
    return ranges, opened >= 0


def _unquoted(value: str) -> str:
    value = value.strip()
    if not value.startswith('"'):
        return value
    inner = value[1:-1] if value.endswith('"') and len(value) > 1 else value[1:]
    return re.sub(r"\\(.)", r"\1", inner)


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """RFC 2231 continuations; the charset stands before the first apostrophe of the first."""
    charset, data = "", b""
    for at, (_order, encoded, given) in enumerate(pieces):
        value = given
        if encoded and at == 0 and given.count("'") >= 2:
            charset, _language, value = given.split("'", 2)
        raw = value.encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(raw) if encoded else raw
    return decode_bytes(data, charset)[0]


def _base64(raw: bytes) -> bytes:
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw.partition(b"=")[0])
    letters = letters[: len(letters) // 4 * 4 + (len(letters) % 4 if len(letters) % 4 > 1 else 0)]
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return b""


def _uudecoded(raw: bytes) -> bytes:
    _before, begun, body = raw.partition(b"begin ")
    lines = (body if begun else raw).splitlines()[1 if begun else 0 :]
    pieces: list[bytes] = []
    for line in lines:
        if line.strip() == b"end":
            break
        count = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
        try:
            pieces.append(binascii.a2b_uu(line[:count]) if count else b"")
        except binascii.Error:
            break
    return b"".join(pieces)
