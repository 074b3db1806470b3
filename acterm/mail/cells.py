"""How wide text is in a terminal, and where a line may break."""

import unicodedata
from functools import lru_cache

# French signs that stand behind a space and never begin a line.
_CLINGING = frozenset(";:!?»%€")


@lru_cache(maxsize=4096)
def _cell(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """The width of `text` in terminal cells: wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, with … where something is missing."""
    if cells(text) <= width:
        return text
    taken, used = [], 0
    for character in text:
        used += _cell(character)
        if used > width - 1:
            break
        taken.append(character)
    return "".join(taken) + "…" if width > 0 else ""


def breaks(text: str, width: int) -> list[tuple[int, int]]:
    """The ranges of `text` that stand on one line each, none wider than `width` cells.

    Breaks at spaces, but not before the signs that cling to the word before, else inside a word
    that is too long. The space at a break is left out.
    """
    width = max(width, 1)
    if cells(text) <= width:
        return [(0, len(text))]
    ranges: list[tuple[int, int]] = []
    start = used = 0
    space = -1
    at = 0
    while at < len(text):
        size = _cell(text[at])
        if text[at] == " " and text[at + 1 : at + 2] not in _CLINGING and text[at - 1 : at] != "«":
            space = at
        if used + size > width and at > start:
            end = space if space > start else at
            ranges.append((start, end))
            start = end + 1 if text[end] == " " else end
            at, used, space = start, 0, -1
            continue
        used += size
        at += 1
    ranges.append((start, len(text)))
    return ranges
