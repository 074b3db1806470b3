"""Encoded words of header fields (RFC 2047), also where mailers cut or write them wrongly."""

import re

from acterm.mail.parsing.charset import decode_bytes
from acterm.mail.parsing.transfer import from_base64

# Spaces and further question marks inside a word are against the RFC, and common. The beginning of
# another word is never inside one: looking on from each to the end would take for ever.
_WORD = re.compile(
    r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*(?:(?<!=)\?(?!=)[^?]*)*)\?="
)
_ESCAPED = re.compile(rb"=([0-9A-Fa-f]{2})")


def decoded_words(text: str) -> str:
    """The text with its encoded words read.

    Neighbours in one charset are joined before, so that a character cut between them is whole.
    """
    if "=?" not in text:
        return text
    pieces: list[str] = []
    pending, charset, end = b"", "", 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        apart = not end or bool(between.strip())
        if apart or word[1].lower() != charset:
            pieces.append(decode_bytes(pending, charset)[0])
            pending = b""
        if apart:
            pieces.append(between)
        pending += _bytes(word[2], word[3])
        charset, end = word[1].lower(), word.end()
    pieces += [decode_bytes(pending, charset)[0], text[end:]]
    return "".join(pieces)


def _bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if encoding in "bB":
        return from_base64(raw)
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), raw.replace(b"_", b" "))
