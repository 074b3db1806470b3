"""What html2text wrote, as lines: breaks made real, one blank for many, small cells in a row."""

import re
from collections.abc import Sequence

from acterm.mail.message import Style
from acterm.mail.text.marking import BREAK, FIRST, GAP, ROW, ROW_END, held, opened, unmarked

_QUOTE = re.compile(r"(?:> ?)*")
_STYLED_SPACE = re.compile("((?:> ?)*)([\ue000-\ue01f]+) +")
# How Word writes the mark of a list: a letter of a symbol font or a number, and a row of spaces.
_WORD_ITEM = re.compile(
    "((?:> ?)*)(?:(?:[·§\u2022]|o(?=[\u00a0 ]{3}))[\u00a0 ]{2,}"
    "|(\\d{1,3}[.)]|[a-z][.)]|[-–])[\u00a0 ]{3,})"
)
_ITEM = re.compile(r"\s*(?:•|\d{1,3}\.) ")
_ITEM_ALONE = re.compile(r"\s*(?:•|\d{1,3}\.)")
_RULE = opened(Style.RULE)
_CELL_MARKS = re.compile(f"[{FIRST}{GAP}{ROW_END}]")
_SHORT_ROW = 60


def lines_of(output: str) -> list[str]:
    """The marked lines of a page."""
    kept = _Kept()
    item = ""
    broken = _broken(output)
    for at, line in enumerate(broken):
        if _ITEM_ALONE.fullmatch(line):
            item = line
        elif not item:
            kept.add(line, broken, at)
        elif unmarked(line).strip():
            kept.add(f"{item} {line.lstrip()}", broken, at)
            item = ""
    while kept.lines and not unmarked(kept.lines[-1]).strip("> "):
        kept.lines.pop()
    return kept.lines


class _Kept:
    """The lines kept so far, and what is known of the table cell they stand in."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._of_cell = 0
        self._beside = False

    def add(self, line: str, broken: Sequence[str], at: int) -> None:
        """Keep line `at`: a short cell beside the one before it, one blank for many."""
        if not line:
            self._add_blank(line)
            return
        begins = FIRST in line or GAP in line
        if begins:
            self._beside = GAP in line and FIRST not in line and self._of_cell == 1
            self._of_cell = 0
        ends = ROW_END in line
        if begins or ends:
            line = _CELL_MARKS.sub("", line).rstrip()
            line = line.strip() if begins else line
        if not unmarked(line.lstrip("> ")).strip() and ROW not in line and _RULE not in line:
            if not begins and not ends:
                self._add_blank(line)
        elif self._beside and (ends or _ends_cell(broken, at + 1)) and self._add_beside(line):
            self._of_cell = 1
        else:
            self._of_cell += 1
            self._beside = False
            above = self.lines[-2:]
            if len(above) > 1 and not above[1] and _ITEM.match(line) and _ITEM.match(above[0]):
                self.lines.pop()  # items stand together, whatever their paragraphs
            self.lines.append(line)
        if ends:
            self._of_cell, self._beside = 0, False

    def _add_blank(self, line: str) -> None:
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(line.rstrip() if self.lines[-1].startswith(">") else "")

    def _add_beside(self, line: str) -> bool:
        """Put a cell beside the line of the one before it, if that is short enough."""
        above = len(self.lines) - 1
        if above >= 0 and not self.lines[above].strip("> "):
            above -= 1
        if above < 0 or any(mark in self.lines[above] + line for mark in (_RULE, ROW)):
            return False
        if len(unmarked(self.lines[above] + line)) >= _SHORT_ROW:
            return False
        del self.lines[above + 1 :]
        self.lines[above] += "  " + line.lstrip("> ")
        return True


def _ends_cell(broken: Sequence[str], at: int) -> bool:
    """Whether the cell says no more from line `at` on."""
    for line in broken[at : at + 4]:
        if GAP in line or FIRST in line:
            return True
        if unmarked(line).strip("> "):
            return False
        if ROW_END in line:
            return True
    return False


def _broken(output: str) -> list[str]:
    """The output cut at its breaks, which repeat quotation marks and styles, stray spaces gone."""
    lines: list[str] = []
    begun = ""
    for raw in output.split("\n"):
        if ROW in raw:
            lines.append(raw)  # breaks inside its cells are theirs
            continue
        if not begun and raw.isascii():
            lines.append(raw.rstrip())  # no mark is ASCII
            continue
        quote = _QUOTE.match(raw)
        prefix = quote[0] if quote else ""
        indent = ""
        for number, piece in enumerate(raw.split(BREAK)):
            line = prefix + indent + piece.lstrip(" ") if number else piece
            line = _begun_well(line)
            at = len(prefix)
            line, begun = line[:at] + begun + line[at:], held(line, begun)
            lines.append(line.rstrip(" \t\u00a0"))
            if not number and (item := _ITEM.match(piece)):
                indent = " " * len(item[0])
    return lines


def _begun_well(line: str) -> str:
    """The line without the space before its first styled word, a list mark of Word made ours."""
    if space := _STYLED_SPACE.match(line):
        line = space[1] + space[2] + line[space.end() :]
    if item := _WORD_ITEM.match(line):
        line = f"{item[1]}{item[2] or '•'} {line[item.end() :]}"
    return line
