"""Transfer encodings (RFC 2045 §6): base64, quoted-printable, and the old uuencode."""

import binascii
import quopri
import re

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_OUTSIDE_BASE64 = bytes(byte for byte in range(256) if byte not in _BASE64)
_UUENCODE = ("x-uuencode", "uuencode", "uue", "x-uue")

_COMMENT = re.compile(r"\([^()]*\)")
# A line that is no base64: with spaces between its words, or drawn by a mailing list.
_NO_BASE64 = re.compile(rb"^(?:[^\s=]{1,76} +[^\s=]|[-_*=]{5,}[ \t\r]*$)", re.MULTILINE)
# So many texts encoded apart may stand below each other.
_MOST_APART = 100
# White space that a server added behind the sign of a soft line break (RFC 2045 §6.7).
_PADDED_BREAK = re.compile(rb"=[ \t]+(?=\r?\n)")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_SPELLINGS = {"base64": "base64", "quotedprint": "quoted-printable"}


def decoded(raw: bytes, encoding: str) -> bytes:
    """Bytes out of their transfer encoding; an unknown one changes nothing. Never raises."""
    encoding = _known(encoding)
    if encoding == "base64":
        return from_base64(raw)
    if encoding == "quoted-printable":
        return quopri.decodestring(_PADDED_BREAK.sub(b"=", raw))
    if encoding in _UUENCODE:
        return _from_uuencode(raw)
    return raw


def decoded_text(raw: bytes, encoding: str) -> bytes:
    """The same for a text: what is said to be base64 and is none, or none from there on, stays.

    What a mailing list encoded by itself and put below is text too.
    """
    if _known(encoding) != "base64":
        return decoded(raw, encoding)
    words = _NO_BASE64.search(raw)
    at = words.start() if words else len(raw)
    if words and not raw[:at].strip():
        return raw
    text = b"".join(map(from_base64, raw[:at].split(b"=", _MOST_APART)))
    return text + b"\n" + raw[at:] if words else text


def encoded(data: bytes, encoding: str) -> bytes:
    """Bytes that `decoded` makes `data` of again."""
    encoding = _known(encoding)
    if encoding == "base64":
        return binascii.b2a_base64(data)
    if encoding == "quoted-printable":
        return binascii.b2a_qp(data, istext=False)
    if encoding in _UUENCODE:
        lines = (binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
        return b"".join((b"begin 644 -\n", *lines, b"`\nend\n"))
    return data


def decoded_size(raw: bytes, encoding: str) -> int:
    """How many bytes `decoded` gives, without making them where that can be told."""
    if _known(encoding) == "base64":
        return len(_letters(raw)) * 3 // 4
    return len(decoded(raw, encoding))


def from_base64(raw: bytes) -> bytes:
    """What is between its letters, and what follows the padding, does not count."""
    letters = _letters(raw)
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _letters(raw: bytes) -> bytes:
    """The letters up to the padding, without one that alone makes no byte."""
    letters = raw.partition(b"=")[0].translate(None, _OUTSIDE_BASE64)
    return letters[:-1] if len(letters) % 4 == 1 else letters


def _known(encoding: str) -> str:
    encoding = _COMMENT.sub("", encoding.partition(";")[0]).strip().strip("\"'").lower()
    letters = _NO_LETTER.sub("", encoding)
    found = (known for spelling, known in _SPELLINGS.items() if letters.startswith(spelling))
    return next(found, encoding)


def _from_uuencode(raw: bytes) -> bytes:
    _before, begun, body = raw.partition(b"begin ")
    lines: list[bytes] = []
    for line in (body if begun else raw).splitlines()[1 if begun else 0 :]:
        if line.strip() == b"end":
            break
        wanted = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0  # some encoders pad the line
        try:
            lines.append(binascii.a2b_uu(line[:wanted]) if wanted else b"")
        except binascii.Error:
            break
    return b"".join(lines)
