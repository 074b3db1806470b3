"""A mail as IMAP sees it: parts, sections, BODYSTRUCTURE, ENVELOPE (RFC 9051 §2.3, §7.5.2)."""

import re
from dataclasses import dataclass
from email.utils import getaddresses
from functools import lru_cache

from acterm.demo.imap_wire import Bad, group, string

_PARAMETER = re.compile(rb';\s*([^=\s;]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)')
_FIELD = re.compile(rb"([!-9;-~]+):[ \t]*([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)(?:\r\n|\Z)")
_DEFAULT_TYPE = b"text/plain; charset=us-ascii"


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it stands. `header` ends with its empty line; `children` are those of a multipart.

    `message` is the mail inside a message/rfc822.
    """

    header: bytes
    body: bytes
    children: tuple["Part", ...] = ()
    message: "Part | None" = None

    def field(self, name: bytes) -> bytes | None:
        """The first field of that name, unfolded."""
        for found in _FIELD.finditer(self.header):
            if found[1].lower() == name:
                return found[2].replace(b"\r\n", b"")
        return None

    @property
    def type(self) -> tuple[bytes, bytes]:
        """Content type and subtype, in lower case."""
        value = (self.field(b"content-type") or _DEFAULT_TYPE).partition(b";")[0].strip().lower()
        main, _slash, sub = value.partition(b"/")
        return main, sub

    @property
    def parameters(self) -> dict[bytes, bytes]:
        """The parameters of the content type, as they stand."""
        return _parameters(self.field(b"content-type") or _DEFAULT_TYPE)


def _parameters(value: bytes) -> dict[bytes, bytes]:
    return {name.lower(): given.strip(b'"') for name, given in _PARAMETER.findall(value)}


@lru_cache(maxsize=64)
def parse(source: bytes) -> Part:
    """The tree of a mail."""
    head, blank, body = source.partition(b"\r\n\r\n")
    if source.startswith(b"\r\n"):
        head, blank, body = b"", b"\r\n", source[2:]
    part = Part(head + blank, body)
    if part.type[0] == b"multipart" and (boundary := part.parameters.get(b"boundary")):
        return Part(part.header, body, tuple(parse(inner) for inner in _split(body, boundary)))
    if part.type == (b"message", b"rfc822"):
        return Part(part.header, body, message=parse(body))
    return part


def _split(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the boundary's lines."""
    line = re.compile(rb"\r\n--%s(--)?[ \t]*(?:\r\n|\Z)" % re.escape(boundary))
    pieces = line.split(b"\r\n" + body)
    between, closing = pieces[2::2], pieces[1::2]
    return [inner for inner, closed in zip(between, closing, strict=True) if not closed]


def section(source: bytes, name: str, fields: tuple[str, ...] = ()) -> bytes:
    """The octets of BODY[name]; `fields` are those of HEADER.FIELDS or HEADER.FIELDS.NOT."""
    part = parse(source)
    numbers, _dot, kind = re.fullmatch(r"([\d.]*\d)?(\.?)(.*)", name, re.DOTALL).groups()  # type: ignore[union-attr]  # matches any text
    for number in (numbers or "").split(".") if numbers else ():
        part = _child(part, int(number))
    if not numbers and not kind:
        return source
    if numbers and kind not in ("", "MIME"):
        part = part.message or part
    if kind in ("HEADER", "MIME"):
        return part.header
    if kind.startswith("HEADER.FIELDS"):
        return _some_fields(part.header, fields, wanted=not kind.endswith(".NOT"))
    if kind in ("", "TEXT"):
        return part.body
    raise Bad(f"no such section: {name}")


def _child(part: Part, number: int) -> Part:
    part = part.message or part
    children = part.children or (part,)
    return children[number - 1] if 0 < number <= len(children) else Part(b"", b"")


def _some_fields(header: bytes, fields: tuple[str, ...], *, wanted: bool) -> bytes:
    names = {name.lower().encode() for name in fields}
    kept = [each[0] for each in _FIELD.finditer(header) if (each[1].lower() in names) == wanted]
    return b"".join(kept) + b"\r\n"


def body_structure(part: Part, *, extended: bool) -> bytes:
    """BODYSTRUCTURE, or BODY without `extended`."""
    if part.children:
        inner = b"".join(body_structure(each, extended=extended) for each in part.children)
        more = [_attributes(part.parameters), b"NIL", b"NIL", b"NIL"] if extended else []
        return group([inner, string(part.type[1]), *more])
    items = [string(part.type[0]), string(part.type[1]), _attributes(part.parameters)]
    items += [string(part.field(b"content-id")), string(part.field(b"content-description"))]
    items += [string(part.field(b"content-transfer-encoding") or b"7bit"), b"%d" % len(part.body)]
    if part.message:
        items += [envelope(part.message), body_structure(part.message, extended=extended)]
    if part.message or part.type[0] == b"text":
        items.append(b"%d" % part.body.count(b"\n"))
    if extended:
        items += [b"NIL", _disposition(part), b"NIL", b"NIL"]
    return group(items)


def _attributes(parameters: dict[bytes, bytes]) -> bytes:
    if not parameters:
        return b"NIL"
    return group(string(word) for pair in parameters.items() for word in pair)


def _disposition(part: Part) -> bytes:
    value = part.field(b"content-disposition")
    if value is None:
        return b"NIL"
    kind = value.partition(b";")[0].strip()
    return group([string(kind), _attributes(_parameters(value))])


def envelope(part: Part) -> bytes:
    """ENVELOPE: ten values of the header, as they stand."""
    sender = part.field(b"from")
    return group(
        [
            string(part.field(b"date")),
            string(part.field(b"subject")),
            _people(sender),
            _people(part.field(b"sender") or sender),
            _people(part.field(b"reply-to") or sender),
            *(_people(part.field(name)) for name in (b"to", b"cc", b"bcc")),
            string(part.field(b"in-reply-to")),
            string(part.field(b"message-id")),
        ]
    )


def _people(value: bytes | None) -> bytes:
    people = getaddresses([value.decode("utf-8", "surrogateescape")]) if value else []
    if not people:
        return b"NIL"
    return b"(" + b"".join(_person(name, address) for name, address in people) + b")"


def _person(name: str, address: str) -> bytes:
    local, _at, host = address.partition("@")
    raw = name.encode("utf-8", "surrogateescape")
    return group([string(raw or None), b"NIL", string(local or None), string(host or None)])
