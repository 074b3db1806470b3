"""Structured fields: Content-Type and Content-Disposition with their parameters.

RFC 2231 names and continuations, and encoded words, which the RFC forbids there and mailers write.
"""

import re
from urllib.parse import unquote_to_bytes

from acterm.mail.parsing.charset import decode_bytes
from acterm.mail.parsing.encoded_words import decoded_words

MAX_LENGTH = 1 << 16
MAX_PARAMETERS = 200

_PARAMETER = re.compile(
    r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"?|(?:=\?[^?\s]+\?[bBqQ]\?[^?]*\?=\s*)+|[^;]*)',
    re.DOTALL,
)
# A value, and how its parameters are set apart from it, rightly or not.
_VALUE = re.compile(
    r"\s*(?:\([^()]{0,200}\)\s*)?\"?([\w.+!#$&^-]+(?:\s*/\s*[\w.+!#$&^-]+)?)\"?"
    r"(?:\s*\([^()]{0,200}\))?(?:\s*[,;]|\s|\Z)(?!\s*=)"
)
_NO_VALUE = re.compile(r"\s*[\w*-]+\s*=")
_REMARK = re.compile(r";\s*\([^()]{0,200}\)(?=\s*[\w*-]+\s*=)")
_WORD_END = re.compile(r"[\s(]")
_FOLD = re.compile(r"\r?\n")
_ESCAPED = re.compile(r'\\(["\\])')

_Piece = tuple[int, bool, str]
"""A continuation: its number, whether it is percent-encoded, its text."""


def parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """The value in lower case and its parameters by lower-case name."""
    text = _FOLD.sub("", decode_bytes(value[:MAX_LENGTH])[0])
    main, text = _apart(_REMARK.sub(";", text))
    found: dict[str, str] = {}
    pieces: dict[str, list[_Piece]] = {}
    for match, _number in zip(_PARAMETER.finditer(text), range(MAX_PARAMETERS), strict=False):
        name, raw = match[1].lower(), _unquoted(match[2])
        base, star, rest = name.partition("*")
        if not star:
            found.setdefault(name, decoded_words(raw))
            continue
        number = rest.rstrip("*")
        order = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        pieces.setdefault(base, []).append((order, name.endswith("*"), raw))
    for base, parts in pieces.items():
        found[base] = _joined(sorted(parts, key=lambda piece: piece[0]))
    return main, found


def _apart(text: str) -> tuple[str, str]:
    """The value in lower case, and its parameters with a semicolon before each."""
    if _NO_VALUE.match(text):
        return "", f";{text}"
    if found := _VALUE.match(text):
        return "".join(found[1].lower().split()), f";{text[found.end() :]}"
    return _WORD_END.split(text.partition(";")[0].strip().lower())[0], text


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith('\\"') and value.endswith('\\"'):
        return value[2:-2]
    if not value.startswith('"'):
        return value
    inner = value[1:-1] if value.endswith('"') and len(value) > 1 else value[1:]
    return _ESCAPED.sub(r"\1", inner)


def _joined(pieces: list[_Piece]) -> str:
    """RFC 2231 continuations; the charset stands before the first apostrophe of the first."""
    charset, data, escaped = "", b"", b""
    any_encoded = any(encoded for _order, encoded, _given in pieces)
    for at, (_order, encoded, given) in enumerate(pieces):
        value = given
        if any_encoded and at == 0 and given.count("'") >= 2:
            charset, _language, value = given.split("'", 2)
        raw = value.encode("utf-8", "surrogateescape")
        if encoded:
            escaped += raw  # some mailers cut amid a percent sign and its figures
        else:
            data, escaped = data + unquote_to_bytes(escaped) + raw, b""
    text = decode_bytes(data + unquote_to_bytes(escaped), charset)[0]
    return decoded_words(text) if not charset else text
