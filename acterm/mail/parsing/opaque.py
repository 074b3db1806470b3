"""The mail inside an opaque S/MIME signature: signed, not locked, so that anybody may read it.

Only the way to the content is followed (RFC 5652 §5.1, RFC 8551 §3.5.2); whether the signature
holds is `acterm.mail.special.signature`'s.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from acterm.mail.parsing.mimetree import Part

TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNED_DATA = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_MAX_DATA = 16 << 20
_MOST_LAYERS = 3
_MOST_DEEP = 8
_MOST_PIECES = 100_000
_SEQUENCE, _OID, _OCTETS, _OCTETS_IN_PIECES = 0x30, 0x06, 0x04, 0x24

_Element = tuple[int, int, int]
"""The tag of an element, and where its content begins and ends."""


def unwrapped(root: "Part") -> "Part | None":
    """The tree of the mail inside, through several signatures; None when there is none."""
    from acterm.mail.parsing import mimetree  # viewers take signatures off without it

    inside: Part | None = None
    for _layer in range(_MOST_LAYERS):
        sealed = next((one for one in (inside or root).walk() if one.type in TYPES), None)
        content = signed_content(sealed.content) if sealed is not None else None
        if content is None:
            break
        inside = mimetree.tree(content)
    return inside


def signed_content(data: bytes) -> bytes | None:
    """What a signature in BER holds; None when it is locked, damaged or holds nothing."""
    if len(data) > _MAX_DATA or _SIGNED_DATA not in data[:64]:
        return None
    try:
        kind, outer = _children(data, _first(data, _SEQUENCE))[:2]
        if kind[0] != _OID or data[kind[1] : kind[2]] != _SIGNED_DATA:
            return None
        signed = _children(data, _children(data, outer)[0])
        inner = _children(data, signed[2])[1]
        return b"".join(_octets(data, _children(data, inner)[0])) or None
    except (IndexError, ValueError):
        return None


def _first(data: bytes, tag: int) -> _Element:
    found = _element(data, 0, len(data), 0)
    if found[0] != tag:
        raise ValueError
    return found


def _children(data: bytes, of: _Element) -> list[_Element]:
    return list(_walk(data, of, 0))


def _walk(data: bytes, of: _Element, deep: int) -> Iterator[_Element]:
    """The elements inside another. Raises ValueError where they are none."""
    _tag, at, end = of
    for _piece in range(_MOST_PIECES):
        if at >= end:
            return
        found = _element(data, at, end, deep)
        yield found
        at = found[2] + _tail(data, at)
    raise ValueError


def _tail(data: bytes, at: int) -> int:
    """An element of no stated length ends with two octets of zero."""
    return 2 if data[at + 1] == 0x80 else 0


def _element(data: bytes, at: int, end: int, deep: int) -> _Element:
    tag, length = data[at], data[at + 1]
    start = at + 2
    if deep > _MOST_DEEP or tag & 0x1F == 0x1F:
        raise ValueError
    if length == 0x80:
        return tag, start, _end_of_unstated(data, start, end, deep)
    if length > 0x80:
        width = length - 0x80
        length = int.from_bytes(data[start : start + width])
        start += width
    if start + length > end:
        raise ValueError
    return tag, start, start + length


def _end_of_unstated(data: bytes, at: int, end: int, deep: int) -> int:
    for _piece in range(_MOST_PIECES):
        if data[at : at + 2] == b"\0\0":
            return at
        if at >= end:
            break
        at = _element(data, at, end, deep + 1)[2] + _tail(data, at)
    raise ValueError


def _octets(data: bytes, of: _Element, deep: int = 0) -> Iterator[bytes]:
    """An octet string, whole or in pieces."""
    if of[0] == _OCTETS:
        yield data[of[1] : of[2]]
    elif of[0] == _OCTETS_IN_PIECES and deep <= _MOST_DEEP:
        for piece in _walk(data, of, deep):
            yield from _octets(data, piece, deep + 1)
    else:
        raise ValueError
