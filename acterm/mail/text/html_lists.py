"""Lists of an HTML mail: items under each other, their marks, their later lines beside them."""

import re
from dataclasses import dataclass

from acterm.mail.text.html_text import SPACE, TextWriter
from acterm.mail.text.marking import WORD_ITEM
from acterm.mail.text.tags import Attributes

MAX_NESTING = 12

LISTS = frozenset(["ul", "ol", "dl"])
ITEMS = frozenset(["li", "dt", "dd"])
_STEP = "  "
_TYPE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|(?:lower|upper)-(?:alpha|latin|roman))")
_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# How deep an item of Word is: its level, or how far it stands to the right.
_LEVEL = re.compile(r"mso-list:[^;]{0,40}\blevel([1-9])\b")
_MARGIN = re.compile(r"margin-left:\s*(\d{1,3})(?:\.\d+)?(pt|px)")
_A_LEVEL = {"pt": 36, "px": 48}


@dataclass
class Open:
    """A list or an item that is open: where it stands and, of a list, how it numbers."""

    tag: str
    indent: str
    kind: str = ""
    number: int = 0


class ListWriter(TextWriter):
    """Sets <ul>, <ol>, <li>, <dl> and the lists that Word writes as paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self._lists: list[Open] = []
        self._too_deep = 0

    def begin_list(self, tag: str, attributes: Attributes) -> None:
        """A list; the outermost stands apart."""
        if self._lists:
            self.pbr()
        else:
            self.p()
        if len(self._lists) >= 2 * MAX_NESTING:
            self._too_deep += 1
            return
        above = self._lists[-1] if self._lists else None
        kind = _kind(attributes)
        indent = "" if tag == "dl" or kind == "none" else _STEP
        if above:
            indent = above.indent + (_STEP if above.tag in LISTS else "")
        start = (attributes.get("start") or "").strip()
        number = int(start) if re.fullmatch(r"-?\d{1,5}", start) else 1
        self._lists.append(Open(tag, indent, kind, number))

    def end_list(self, tag: str) -> None:
        """The list ends, and with it what is open inside."""
        if self._too_deep:
            self._too_deep -= 1
        else:
            self._close_from(tag)
        if self._lists:
            self.pbr()
        else:
            self.p()

    def begin_item(self, tag: str, attributes: Attributes) -> None:
        """An item of the list that is open, else of one that nobody opened."""
        self.pbr()
        if self._too_deep:
            return
        if self._lists and self._lists[-1].tag in ITEMS:
            self._lists.pop()
        within = self._lists[-1] if self._lists else Open("ul", _STEP)
        mark = "" if tag != "li" else _mark(within, attributes)
        self.indent = ""
        if mark:
            self.o(within.indent + mark)
            self.start = True
        stem = " " * len(mark) if tag != "dd" else _STEP * 2
        self._lists.append(Open(tag, within.indent + stem))
        self.indent = self._lists[-1].indent

    def end_item(self, tag: str) -> None:
        """The item ends."""
        if not self._too_deep and self._lists and self._lists[-1].tag == tag:
            self._close_from(tag)
        self.pbr()

    def word_item(self, style: str, names: str) -> None:
        """A paragraph that Word knows to be an item of a list; its mark is in the text."""
        level, margin = _LEVEL.search(style[:1000]), _MARGIN.search(style[:1000])
        if not level and "listparagraph" not in names:
            return
        depth = int(level[1]) if level else 1
        if margin and not level:
            depth = max(1, min(round(int(margin[1]) / _A_LEVEL[margin[2]]), 9))
        self.o(_STEP * depth + WORD_ITEM)
        self.start = True

    def leave_lists(self) -> tuple[list[Open], int]:
        """Whatever list is open ends, or waits to be opened again by `return_to`."""
        left = self._lists, self._too_deep
        self.return_to(([], 0))
        return left

    def return_to(self, left: tuple[list[Open], int]) -> None:
        """The lists that were left go on."""
        self._lists, self._too_deep = left
        self.indent = self._lists[-1].indent if self._lists else ""

    def quotation_mark(self, *, start: bool) -> None:
        """The quotation marks around a <q>."""
        self.o(f"«{SPACE}" if start else f"{SPACE}»")

    def _close_from(self, tag: str) -> None:
        at = next((n for n in reversed(range(len(self._lists))) if self._lists[n].tag == tag), -1)
        if at >= 0:
            del self._lists[at:]
        self.indent = self._lists[-1].indent if self._lists else ""


def _kind(attributes: Attributes) -> str:
    """How a list numbers its items, « none » when they have no marks."""
    found = _TYPE.search((attributes.get("style") or "")[:1000].lower())
    return found[1] if found else _TYPES.get((attributes.get("type") or "").strip(), "")


def _mark(within: Open, attributes: Attributes) -> str:
    """The mark of the next item, with the space behind it."""
    if within.tag == "ol":
        value = (attributes.get("value") or "").strip()
        number = int(value) if value.isdecimal() and len(value) < 6 else within.number
        within.number = number + 1
        return "" if within.kind == "none" else f"{_numeral(number, within.kind)}. "
    return "" if within.kind == "none" else "• "


def _numeral(number: int, kind: str) -> str:
    if not 0 < number < 4000 or not kind:
        return str(number)
    if kind.endswith("roman"):
        numeral = ""
        for value, letters in _ROMAN:
            times, number = divmod(number, value)
            numeral += letters * times
    else:
        numeral = chr(96 + number) if number < 27 else str(number)
    return numeral.upper() if kind.startswith("upper") else numeral
