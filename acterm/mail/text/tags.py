"""HTML cut into tags and text in one pass, whatever is wrong with it.

The standard parser takes quadratic time on hostile input and reads attributes that nobody asks for.
"""

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

MAX_TAG = 1 << 14
MAX_TAGS = 100_000
MAX_ATTRIBUTES = 200

_DECLARATION = re.compile("<[!?]")
# A tag whose quotation marks are in order, and the beginning of any.
_PLAIN = re.compile(
    r"<(/?)([a-zA-Z][^\s/<>]{0,60})([^<>\"']*(?:(?:\"[^\"<>]*\"|'[^'<>]*')[^<>\"']*)*)>"
)
_NAME = re.compile(r"(/?)([a-zA-Z][^\s/>]{0,60})")
_ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>][^\s>]*)))?", re.DOTALL
)
# In an attribute, unlike in text, a reference ends with a semicolon: « ?a=1&copy=2 » has none.
_REFERENCE = re.compile(r"&(?:#\d{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[a-zA-Z][a-zA-Z0-9]{1,40};)")
# What stands between these tags is no text; without an end tag, nothing after them is.
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "xmp", "noembed", "noframes")
}

Attributes = Mapping[str, str | None]
_NO_ATTRIBUTES: Attributes = {}


class Tag(NamedTuple):
    """A tag and where it begins. An element without content both opens and closes."""

    name: str
    attributes: Attributes
    opens: bool
    closes: bool
    at: int


def without_comments(text: str) -> str:
    """The text without comments and declarations; one that never ends goes to the end."""
    pieces: list[str] = []
    at = 0
    while found := _DECLARATION.search(text, at):
        start = found.start()
        pieces.append(text[at:start])
        mark = "-->" if text.startswith("<!--", start) else ">"
        end = text.find(mark, start + 2)
        if end < 0:
            return "".join(pieces)
        at = end + len(mark)
    pieces.append(text[at:])
    return "".join(pieces)


def tokens(text: str) -> Iterator[Tag | str]:
    """Tags and the text between them, entities read; at most MAX_TAGS tags, then no more."""
    pending: list[str] = []
    at = number = 0
    while (start := text.find("<", at)) >= 0:
        tag, end = _tag(text, start)
        if tag is None:
            pending.append(text[at : start + 1])
            at = start + 1
            continue
        if start > at or pending:
            yield unescaped("".join((*pending, text[at:start])))
            pending = []
        number += 1
        if number >= MAX_TAGS:
            return
        yield tag
        at = end + 1
        raw = _RAW_ENDS.get(tag.name)
        if raw and tag.opens and not tag.closes:
            close = raw.search(text, at)
            if close is None:
                return
            at = close.start()
    if pending or at < len(text):
        yield unescaped("".join((*pending, text[at:])))


def unescaped(text: str) -> str:
    """The text with its entities read; what is no character is left out."""
    if "&" not in text:
        return text
    return html.unescape(text).replace("\ufffd", "")


def _read(reference: re.Match[str]) -> str:
    return unescaped(reference[0])


def _end(text: str, start: int) -> int:
    """Where the tag ends: at the first > outside quotation marks, if that is soon; -1 without."""
    limit = start + MAX_TAG
    first = end = text.find(">", start, limit)
    for _attempt in range(3):
        if end < 0:
            break
        if text.count('"', start, end) % 2 == 0:
            return end
        end = text.find(">", end + 1, limit)
    return first


def _tag(text: str, start: int) -> tuple[Tag | None, int]:
    """The tag that begins here and where it ends; None when none does."""
    if plain := _PLAIN.match(text, start):
        closes, word, given = plain.groups()
        end = plain.end() - 1
    else:
        name = _NAME.match(text, start + 1)
        end = _end(text, start) if name else -1
        if name is None or end < 0:
            return None, -1
        closes, word, given = name[1], name[2], text[name.end() : end]
    word = word.lower()
    if closes:
        return Tag(word, _NO_ATTRIBUTES, False, True, start), end
    return Tag(word, _attributes(given), True, given.endswith("/"), start), end


@lru_cache(maxsize=2048)
def _attributes(given: str) -> Attributes:
    """The attributes of a tag by lower-case name, the first of each name; read-only."""
    found: dict[str, str | None] = {}
    if given and not given.isspace():
        for match, _number in zip(_ATTRIBUTE.finditer(given), range(MAX_ATTRIBUTES), strict=False):
            name, *values = match.groups()
            value = next((one for one in values if one is not None), None)
            found.setdefault(name.lower(), _REFERENCE.sub(_read, value) if value else value)
    return found
