"""A mail fetched without its attachments: the same MIME tree, their leaves empty.

So one parser reads both. Each left-out leaf announces its decoded size (`mimetree`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from acterm.mail.parsing import enriched, opaque

MAX_TEXT_PART = 4 << 20
_BOUNDARY = "acterm-skeleton-{section}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What BODYSTRUCTURE says of one part (RFC 9051 §7.5.2). `size` is in encoded bytes."""

    section: str
    type: str
    parameters: tuple[tuple[str, str], ...]
    encoding: str
    size: int
    disposition: str
    disposition_parameters: tuple[tuple[str, str], ...]
    content_id: str

    @property
    def is_text(self) -> bool:
        """Whether the reader shows it, so that it must be fetched (RFC 8621 §4.1.4)."""
        given = (*self.parameters, *self.disposition_parameters)
        named = any(name.lower().partition("*")[0] in ("name", "filename") for name, _v in given)
        first = self.section.rpartition(".")[2] == "1"
        return (
            self.type in ("text/plain", "text/html", *enriched.TYPES)
            and self.disposition != "attachment"
            and (first or not named)
            and self.size <= MAX_TEXT_PART
        )

    @property
    def holds_text(self) -> bool:
        """Whether it may be an opaque S/MIME signature with the text inside (RFC 8551 §3.5.2)."""
        return self.type in opaque.TYPES and self.size <= MAX_TEXT_PART

    @property
    def decoded_size(self) -> int:
        """What the part weighs once decoded: base64 lines of 76 characters carry 57 bytes."""
        return self.size * 57 // 78 if self.encoding == "base64" else self.size


def text_sections(structure: object) -> list[str]:
    """The sections to fetch for reading, in order."""
    return [leaf.section for leaf in leaves(structure) if leaf.is_text or leaf.holds_text]


def weight(structure: object) -> int:
    """The encoded bytes of all parts together; far less than the mail when some were not found."""
    return sum(leaf.size for leaf in leaves(structure))


def leaves(structure: object, section: str = "") -> Iterator[Leaf]:
    """The leaves of a BODYSTRUCTURE: nested tuples of bytes, numbers and None."""
    if not isinstance(structure, tuple) or not structure:
        return
    if not isinstance(structure[0], tuple):
        yield _leaf(structure, section or "1")
        return
    for number, child in enumerate(_children(structure), 1):
        yield from leaves(child, f"{section}.{number}" if section else str(number))


def skeleton(header: bytes, structure: object, texts: Mapping[str, bytes]) -> bytes:
    """The mail from its BODY[HEADER], its BODYSTRUCTURE and the raw text sections by number."""
    if not isinstance(structure, tuple) or not structure:
        return header
    kept = _without_mime(header)
    return kept + _entity(structure, "", texts)


def _entity(structure: tuple[object, ...], section: str, texts: Mapping[str, bytes]) -> bytes:
    """The MIME fields of a part, a blank line, its body."""
    if not structure or not isinstance(structure[0], tuple):
        leaf = _leaf(structure, section or "1")
        fields = _fields(leaf)
        body = texts.get(leaf.section)
        if body is None:
            fields += f"X-Acterm-Size: {leaf.decoded_size}\r\n".encode()
        return fields + b"\r\n" + (body or b"")
    children = _children(structure)
    after = structure[len(children) :]
    subtype = _word(after[0]) if after else "mixed"
    boundary = _BOUNDARY.format(section=section or "0")
    pieces = [f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode()]
    for number, child in enumerate(children, 1):
        below = f"{section}.{number}" if section else str(number)
        pieces.append(f"--{boundary}\r\n".encode() + _entity(child, below, texts) + b"\r\n")
    pieces.append(f"--{boundary}--\r\n".encode())
    return b"".join(pieces)


def _children(structure: tuple[object, ...]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for item in structure:
        if not isinstance(item, tuple):
            break
        found.append(item)
    return found


def _leaf(structure: tuple[object, ...], section: str) -> Leaf:
    kind = f"{_word(_at(structure, 0)) or 'text'}/{_word(_at(structure, 1)) or 'plain'}"
    disposition: object = None
    for item in structure[7:]:
        if (
            isinstance(item, tuple)
            and len(item) == 2
            and isinstance(item[0], bytes)
            and (item[1] is None or isinstance(item[1], tuple))
        ):
            disposition = item
    shown, values = disposition if isinstance(disposition, tuple) else (b"", None)
    size = _at(structure, 6)
    return Leaf(
        section=section,
        type=kind.lower(),
        parameters=_parameters(_at(structure, 2)),
        encoding=_word(_at(structure, 5)).lower(),
        size=size if isinstance(size, int) else 0,
        disposition=_word(shown).lower(),
        disposition_parameters=_parameters(values),
        content_id=_word(_at(structure, 3)),
    )


def _fields(leaf: Leaf) -> bytes:
    lines = [f"Content-Type: {leaf.type}{_written(leaf.parameters)}"]
    if leaf.encoding:
        lines.append(f"Content-Transfer-Encoding: {leaf.encoding}")
    if leaf.disposition:
        values = _written(leaf.disposition_parameters)
        lines.append(f"Content-Disposition: {leaf.disposition}{values}")
    if leaf.content_id:
        lines.append(f"Content-ID: {leaf.content_id}")
    return ("\r\n".join(lines) + "\r\n").encode("utf-8", "surrogateescape")


def _written(values: tuple[tuple[str, str], ...]) -> str:
    written = ""
    for name, value in values:
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        written += f'; {name}="{quoted}"'
    return written


def _without_mime(header: bytes) -> bytes:
    """The header without the fields that the skeleton writes itself, and without its blank line."""
    kept: list[bytes] = []
    skipping = False
    for line in header.splitlines(keepends=True):
        if not line.strip(b"\r\n"):
            break
        if line[:1] not in b" \t":
            name = line.partition(b":")[0].strip().lower()
            skipping = name in (
                b"content-type",
                b"content-transfer-encoding",
                b"content-disposition",
                b"content-id",
                b"x-acterm-size",
            )
        if not skipping:
            kept.append(line if line.endswith(b"\n") else line + b"\r\n")
    return b"".join(kept)


def _parameters(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, tuple):
        return ()
    words = [_word(item) for item in value]
    return tuple(zip(words[::2], words[1::2], strict=False))


def _word(value: object) -> str:
    """A string of the server without what would end a header line."""
    if isinstance(value, bytes):
        text = value.decode("utf-8", "surrogateescape")
        return text.replace("\r", " ").replace("\n", " ").replace("\0", "")
    return str(value) if isinstance(value, int) else ""


def _at(structure: tuple[object, ...], position: int) -> object:
    return structure[position] if position < len(structure) else None


def filled(source: bytes, contents: Mapping[str, bytes]) -> bytes:
    """A skeleton with some left-out parts put back, by section, from their decoded bytes."""
    from acterm.mail.parsing import mimetree
    from acterm.mail.parsing.transfer import encoded

    pieces, at = [], 0
    for part in mimetree.tree(source).walk():
        data = contents.get(part.section)
        if data is not None and part.announced_size >= 0 and not part.children:
            pieces += [source[at : part.start], encoded(data, part.encoding)]
            at = part.end
    return b"".join((*pieces, source[at:]))
