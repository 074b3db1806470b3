"""How wide text is in a terminal, and where a line may break."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

# French signs that stand behind a space and never begin a line.
_CLINGING = frozenset(";:!?»%€")
# Letters and signs of one cell each, which nearly every text is made of.
_EVEN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u202f-\u205e€]*")


# Makes a coloured picture, two cells wide, of the sign before it.
_COLOURED = "\ufe0f"


@lru_cache(maxsize=4096)
def _cell(character: str) -> int:
    if character == _COLOURED:
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """The width of `text` in terminal cells: wide characters take two, combining ones none."""
    if _is_even(text):
        return len(text)
    width = sum(map(_cell, text))
    if _COLOURED in text:  # what is wide without it stays as wide
        width -= sum(_cell(one) == 2 for one, after in pairwise(text) if after == _COLOURED)
    return width


def _is_even(text: str) -> bool:
    return text.isascii() or _EVEN.fullmatch(text) is not None


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


def cut_inside(text: str, width: int) -> str:
    """The same with … in the middle: of a file's name the end tells more than the middle."""
    if cells(text) <= width:
        return text
    end = text[-max(1, width // 2) :]
    while cells(end) > max(1, width // 2):
        end = end[1:]
    return cut(text, max(width - cells(end), 2)) + end


def breaks(text: str, width: int) -> list[tuple[int, int]]:
    """The ranges of `text` that stand on one line each, none wider than `width` cells.

    Breaks at spaces, but not before the signs that cling to the word before, else inside a word
    that is too long. The space at a break is left out.
    """
    width = max(width, 1)
    if _is_even(text):
        return _even_breaks(text, width)
    if cells(text) <= width:
        return [(0, len(text))]
    ranges: list[tuple[int, int]] = []
    start = used = 0
    space = -1
    at = 0
    while at < len(text):
        size = _cell(text[at])
        if _may_break(text, at):
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


def _even_breaks(text: str, width: int) -> list[tuple[int, int]]:
    """The same for a text whose every character takes one cell."""
    ranges: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > width:
        space = text.rfind(" ", start + 1, start + width + 1)
        while space > start and not _may_break(text, space):
            space = text.rfind(" ", start + 1, space)
        end = space if space > start else start + width
        ranges.append((start, end))
        start = end + 1 if text[end] == " " else end
    ranges.append((start, len(text)))
    return ranges


def _may_break(text: str, at: int) -> bool:
    return text[at] == " " and text[at + 1 : at + 2] not in _CLINGING and text[at - 1 : at] != "«"
