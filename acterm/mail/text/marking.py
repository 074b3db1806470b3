"""The private-use characters of marked text: styles, links, cells, breaks.

The HTML reader and the plain-text reader write them, `marks` turns them into Lines.
"""

import re

from acterm.mail.message import Style

# Opening marks in the order of STYLES; the closing mark is 16 further on.
OPEN = 0xE000
CLOSE = 0xE010
_FIRST_OTHER = 0xE020
STYLES = (
    *(Style.BOLD, Style.ITALIC, Style.CODE, Style.HEADING, Style.LINK, Style.IMAGE, Style.RULE),
    Style.STRUCK,
)
# Opens struck words, which stand in words of ours besides: not every terminal strikes them.
STRUCK = "\ue007"
# Opens what an HTML mail says to be a signature; it has no style of its own.
SIGNED = "\ue00f"
# Where cells of a layout table begin, the first of a row and those beside it; where a row ends.
FIRST = "\ue024"
GAP = "\ue020"
ROW_END = "\ue025"
ROW = "\ue021"
CELL = "\ue022"
BREAK = "\ue023"
# The places of a data table that a cell to the left, or one above, reaches into.
BESIDE = "\ue026"
BELOW = "\ue027"
# The beginning of an item that Word wrote as a paragraph, and a > that was typed, not marked up.
WORD_ITEM = "\ue028"
TYPED_QUOTE = "\ue029"
MAX_LINES = 60_000
MARKS = re.compile("[\ue000-\ue02f]")


def opened(style: Style) -> str:
    """The mark that begins a style."""
    return chr(OPEN + STYLES.index(style))


def closed(style: Style) -> str:
    """The mark that ends a style."""
    return chr(CLOSE + STYLES.index(style))


def closing(mark: str) -> str:
    """The mark that ends what `mark` opened."""
    return chr(ord(mark) - OPEN + CLOSE)


def held(line: str, begun: str) -> str:
    """The opening marks that hold after a line, from those that held before it."""
    for found in MARKS.finditer(line):
        mark = found[0]
        if ord(mark) < CLOSE:
            begun += mark if mark not in begun else ""
        elif ord(mark) < _FIRST_OTHER:
            begun = begun.replace(chr(ord(mark) - CLOSE + OPEN), "")
    return begun


def unmarked(text: str) -> str:
    """The text without marks."""
    return text if text.isascii() else MARKS.sub("", text)
