"""What html2text wrote, as lines: breaks made real, one blank for many, small cells in a row."""

import re
from collections.abc import Sequence

from acterm.mail.message import Style
from acterm.mail.text.marking import (
    BREAK,
    FIRST,
    GAP,
    MAX_LINES,
    ROW,
    ROW_END,
    TYPED_QUOTE,
    WORD_ITEM,
    held,
    opened,
    unmarked,
)

_QUOTE = re.compile(r"(?:> ?)*")
_STYLED_SPACE = re.compile("((?:> ?)* *)([\ue000-\ue01f\ue020\ue024]+) +")
_LINK = opened(Style.LINK)
_LINK_SPACE = re.compile(f"^([\ue000-\ue01f\ue020\ue024]*{_LINK}[\ue000-\ue01f]*)[\u00a0 ]+")
# How Word writes the mark of a list: a letter of a symbol font or a number, and a row of spaces.
_WORD_ITEM = re.compile(
    "((?:> ?)*)(?:(?:[·§\u2022]|o(?=[\u00a0 ]{3}))[\u00a0 ]{2,}"
    "|(\\d{1,3}[.)]|[a-z][.)]|[-–])[\u00a0 ]{3,})"
)
# The same where Word says that it is one: whatever stands before the spaces is the mark.
_TOLD_ITEM = re.compile(
    f"([^{WORD_ITEM}]*){WORD_ITEM}([\ue000-\ue01f]*)"
    "(?:([(]?[\\w.]{1,6}[.)]|[-–])|[^\\s\u00a0\ue000-\ue01f]{0,2})[\ue000-\ue01f]*[\u00a0 ]{2,}"
)
_LETTERED = r"(?:[a-zA-Z]|[ivxlcIVXLC]{2,7})\."
_ITEM = re.compile(rf"\s*(?:•|\d{{1,3}}\.) | {{2,}}{_LETTERED} ")
_ITEM_ALONE = re.compile(rf"\s*(?:•|\d{{1,3}}\.)| {{2,}}{_LETTERED}")
_RULE = opened(Style.RULE)
_CELL_MARKS = re.compile(f"[{FIRST}{GAP}{ROW_END}]")
_INDENT = re.compile(" +")
_SHORT_ROW = 60
# Cells with more than that, or of several lines, stand apart from what is below them.
_LONG_CELL = 60
# The lines of a cell like « MAR. / 24 / NOV. », beside what happens then.
_MOST_STACKED, _LONGEST_STACKED = 3, 9
# What marks the text in the cell beside it.
_MARK = re.compile(r"[•·▪■●○◦→➔►✓✔✗*–—-]|\d{1,2}[.)°]?")
_DAY = re.compile(r"\d{1,2}(?:er)?")


def lines_of(output: str) -> list[str]:
    """The marked lines of a page."""
    kept = _Kept()
    item = ""
    broken = _broken(output)
    for at, line in enumerate(broken):
        if len(kept.lines) > MAX_LINES:
            break
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
        self._beside = self._apart = False

    def add(self, line: str, broken: Sequence[str], at: int) -> None:
        """Keep line `at`: a short cell beside the one before it, one blank for many."""
        begins = FIRST in line or GAP in line
        ends = ROW_END in line
        if begins:
            beside = GAP in line and FIRST not in line
            self._join_tile()
            self._beside = beside and self._of_cell == 1
            self._end_cell()
        if begins or ends:
            line = _CELL_MARKS.sub("", line).rstrip()
            line = line.strip() if begins else line
        if not line or not (unmarked(line.lstrip("> ")).strip() or ROW in line or _RULE in line):
            if not begins and not ends:
                self._add_blank(line)
        elif self._beside and _MARK.fullmatch(unmarked(self.lines[-1]).strip("> ")):
            self._beside = not self._add_beside(line, whatever_its_length=True)
            self._of_cell = 1
        elif self._beside and (ends or _ends_cell(broken, at + 1)) and self._add_beside(line):
            self._of_cell = 1
        else:
            self._append(line)
        if ends:
            self._end_cell()
            self._beside = False

    def _append(self, line: str) -> None:
        """A line of its own, apart from a cell of several lines above it."""
        self._of_cell += 1
        self._beside = False
        if self._apart and self.lines:
            self._add_blank(_quote_of(self.lines[-1]))
        self._apart = False
        written = next((one for one in reversed(self.lines[-2:]) if one.strip("> ")), "")
        if _RULE in line and _RULE in written and not unmarked(line).strip("> "):
            return
        quote = _quote_of(line)
        if self.lines and not self.lines[-1].strip("> "):
            if _is_item(line) and _is_item(written):
                self.lines.pop()  # items stand together, whatever their paragraphs
            elif len(quote) < len(_quote_of(self.lines[-1])):
                self.lines[-1] = quote.rstrip()
        self.lines.append(line)

    def _end_cell(self) -> None:
        """What follows stands apart from a cell of several lines, or of a long one."""
        if self._of_cell:
            long = len(unmarked(self.lines[-1])) > _LONG_CELL
            self._apart = self._apart or self._of_cell > 1 or long
        self._of_cell = 0

    def _join_tile(self) -> None:
        """A date that stands in a cell line by line, on one."""
        tile = self.lines[-self._of_cell :] if 1 < self._of_cell <= _MOST_STACKED else []
        words = [unmarked(line).strip() for line in tile]
        if any(map(_DAY.fullmatch, words)) and all(
            0 < len(one) <= _LONGEST_STACKED for one in words
        ):
            self.lines[-self._of_cell :] = [" ".join(tile)]
            self._of_cell = 1

    def _add_blank(self, line: str) -> None:
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(line.rstrip() if self.lines[-1].startswith(">") else "")

    def _add_beside(self, line: str, *, whatever_its_length: bool = False) -> bool:
        """Put a cell beside the line of the one before it, if that is short enough."""
        above = len(self.lines) - 1
        if above >= 0 and not self.lines[above].strip("> "):
            above -= 1
        if above < 0 or any(mark in self.lines[above] + line for mark in (_RULE, ROW)):
            return False
        short = len(unmarked(self.lines[above] + line)) < _SHORT_ROW
        if not short and not whatever_its_length:
            return False
        del self.lines[above + 1 :]
        self._apart = False
        self.lines[above] += "  " + line.lstrip("> ")
        return True


def _written(piece: str) -> bool:
    return bool(unmarked(piece).strip())


def _quote_of(line: str) -> str:
    found = _QUOTE.match(line) if line.startswith(">") else None
    return found[0] if found else ""


def _is_item(line: str) -> bool:
    return bool(_ITEM.match(line[len(_quote_of(line)) :]))


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
        prefix = _quote_of(raw)
        at = len(prefix)
        first, *others = raw.split(BREAK)
        pieces = [_begun_well(first)]
        if (
            others
            and not _written(others[-1])
            and _written(others[-2] if others[1:] else first[at:])
        ):
            others.pop()  # a break at the end of a block is none
        if others:
            stem = _ITEM.match(pieces[0][at:]) or _INDENT.match(pieces[0][at:])
            indent = prefix + " " * (len(stem[0]) if stem else 0)
            pieces += (_begun_well(indent + piece.lstrip(" ")) for piece in others)
        for piece in pieces:
            line, begun = piece[:at] + begun + piece[at:], held(piece, begun)
            lines.append(line.rstrip(" \t\u00a0").replace(TYPED_QUOTE, ">"))
    return lines


def _begun_well(line: str) -> str:
    """The line without the space before its first styled word, a list mark of Word made ours."""
    if WORD_ITEM in line:
        if item := _TOLD_ITEM.match(line):
            line = f"{item[1]}{item[2]}{item[3] or '•'} {line[item.end() :]}"
        return line.replace(WORD_ITEM, "")
    if _LINK in line:
        line = _LINK_SPACE.sub(r"\1", line, count=1)
    if space := _STYLED_SPACE.match(line):
        line = space[1] + space[2] + line[space.end() :]
    if item := _WORD_ITEM.match(line):
        line = f"{item[1]}{item[2] or '•'} {line[item.end() :]}"
    return line
