"""How wide the columns of a table stand in a terminal, and which are of numbers."""

import re
from collections.abc import Sequence

from acterm.mail.cells import cells

_MOST_LOOKED_AT = 500
# Longer words may be cut so that columns fit; narrower columns are read by nobody.
_LONGEST_WORD = 16
_LEAST_COLUMN = 4
_LEAST_NAME = 8
_NUMBER = re.compile(r"[-+−]?\d[\d .,\u00a0\u202f]*(?:[%€$£]|EUR)?|[-+−]?[\d.,]+[eE][-+]?\d+")


def is_number(text: str) -> bool:
    """Whether a cell is a number or a price."""
    return _NUMBER.fullmatch(text) is not None


def is_numeric(texts: Sequence[str]) -> bool:
    """Whether a column is one of numbers, which stand to the right: most of its cells are."""
    filled = [text for text in texts[:_MOST_LOOKED_AT] if text]
    if filled and not is_number(filled[0]):
        del filled[0]  # what the column is called
    return sum(map(is_number, filled)) * 10 > len(filled) * 6


def column_widths(
    names: Sequence[Sequence[str]], texts: Sequence[Sequence[str]], room: int
) -> list[int]:
    """The cells of each column, whose lines are given, so that all fit `room`; empty if none do.

    The widest are shrunk in turn, down to their longest word. Below it, words are cut: where the
    columns have `names`, those alone and not too short, for such a table can be read row by row.
    """
    every = [[*name, *column] for name, column in zip(names, texts, strict=True)]
    widths = [max(map(cells, column), default=0) for column in every]
    if sum(widths) <= room:
        return widths
    named = any(names)
    short = [min(longest_word(name), _LEAST_NAME) for name in names]
    of_names = [max(longest_word(column), name) for column, name in zip(texts, short, strict=True)]
    for words in (map(longest_word, every), of_names if named else ()):
        least = [min(word, _LONGEST_WORD) for word in words]
        if least and sum(map(min, widths, least)) <= room:
            return _shrunk(widths, least, room)
    if named or room < len(widths) * _LEAST_COLUMN:
        return []
    return _shrunk(widths, [1] * len(widths), room)


def longest_word(texts: Sequence[str]) -> int:
    """The cells of the longest word of a column, 1 without any."""
    words = (word for text in texts[:_MOST_LOOKED_AT] for word in text.split(" "))
    return max(map(cells, words), default=1)


def _shrunk(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    fitted = list(widths)
    while (over := sum(fitted) - room) > 0:
        spare = [width if width > floor else 0 for width, floor in zip(fitted, least, strict=True)]
        widest = spare.index(max(spare))
        others = max((one for at, one in enumerate(spare) if at != widest), default=0)
        keep = max(least[widest], others, fitted[widest] - over)
        fitted[widest] = min(keep, fitted[widest] - 1)
    return fitted
