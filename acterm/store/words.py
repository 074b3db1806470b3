"""The words of a mail's text, for the index: tags stripped in linear time, nothing rendered."""

import html
import re

from acterm.mail.clean import clean
from acterm.mail.message import Message

# What search reads of one mail at most; beyond it are encoded files and endless quotes.
MAX_CHARACTERS = 40_000
_MAX_MARKUP = 1_000_000
# With less plain text than that, it only says « your reader does not show HTML ».
_TOO_LITTLE = 100
# Elements whose text nobody reads.
_UNREAD = re.compile(r"<(/?)(style|script|head|title)\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def words_of(message: Message) -> str:
    """The words of a mail: its text, then the names of its attachments."""
    text = message.plain or ""
    if message.html and len(text.strip()) < _TOO_LITTLE:
        text = f"{text} {without_markup(message.html)}"
    names = " ".join(attachment.name for attachment in message.attachments)
    return _SPACES.sub(" ", clean(f"{text[:MAX_CHARACTERS]} {names[:MAX_CHARACTERS]}")).strip()


def without_markup(markup: str) -> str:
    """The text of an HTML document, in one pass whatever is wrong with it."""
    pieces: list[str] = []
    for piece in _read(markup[:_MAX_MARKUP]).split("<"):
        tag, closed, text = piece.partition(">")
        pieces.append(text if closed else tag)
    return html.unescape(" ".join(pieces))


def _read(markup: str) -> str:
    """The markup without the elements whose text nobody reads; an unclosed one goes to the end."""
    kept: list[str] = []
    start, inside = 0, ""
    for tag in _UNREAD.finditer(markup):
        closing, name = tag[1], tag[2].lower()
        if not inside and not closing:
            kept.append(markup[start : tag.start()])
            inside = name
        elif inside == name and closing:
            start, inside = tag.start(), ""
    return "".join(kept) + ("" if inside else markup[start:])
