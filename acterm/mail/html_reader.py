"""html2text with our own links, pictures, tables and styles, and with eyes for what is hidden."""

import re
from dataclasses import dataclass, field

import html2text

from acterm.i18n import _
from acterm.mail import pictures
from acterm.mail.clean import clean
from acterm.mail.css import Sheet
from acterm.mail.hidden import VOID, Sight, is_hidden
from acterm.mail.links import MAX_LINKS
from acterm.mail.marks import BREAK, CELL, GAP, ROW, closed, opened, unmarked
from acterm.mail.message import Style
from acterm.mail.tags import Attributes, tokens

MAX_NESTING = 12
MAX_ROWS = 5000
# No-break spaces, which html2text would take for ordinary ones.
SPACE, NARROW_SPACE = "\ue030", "\ue031"

_STYLED = {
    "b": Style.BOLD,
    "strong": Style.BOLD,
    "i": Style.ITALIC,
    "em": Style.ITALIC,
    "cite": Style.ITALIC,
    "code": Style.CODE,
    "tt": Style.CODE,
    "kbd": Style.CODE,
    "samp": Style.CODE,
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SILENT = ("head", "style", "script", "title", "template", "noscript", "object", "svg", "select")
_PASSED_OVER = ("u", "s", "del", "strike", "abbr", "style", "script", "head", "sub", "tbody")
_BLOCKS = (
    *("div", "center", "section", "article", "header", "footer", "main", "nav", "aside", "address"),
    *("figure", "figcaption", "form", "fieldset", "legend", "details", "summary"),
)
# No-break spaces are kept; marks of ours are not for a mail to forge.
_TEXT = str.maketrans({"\u00a0": SPACE, "\u202f": NARROW_SPACE, "⟦": "[", "⟧": "]"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_URL = re.compile(r"(?:https?|mailto|ftp|tel):|www\.", re.IGNORECASE)
# Nothing but no margin: how webmails write a line.
_NO_MARGIN = re.compile(
    r"(?:\s*margin(?:-\w{1,6})?\s*:\s*0(?:\.0+)?(?:cm|px|pt|in|mm)?(?:\s+0(?:px)?)*\s*;?){1,4}\s*",
    re.IGNORECASE,
)
_NO_BORDER = re.compile(r"border\s*:\s*(?:none|0)", re.IGNORECASE)


@dataclass
class _Table:
    """A data table being read: its rows, and the text that stood before it."""

    rows: list[list[str]] = field(default_factory=list)
    outer: list[str] = field(default_factory=list)

    def last_row(self) -> list[str]:
        """The row that cells are added to."""
        if not self.rows:
            self.rows.append([])
        return self.rows[-1]


class Reader(html2text.HTML2Text):
    """One page. `handle(text)` gives marked text; `links` are (text, url) in order."""

    def __init__(self, tables: frozenset[int], sheet: Sheet) -> None:
        super().__init__(bodywidth=0)
        self.unicode_snob = True
        self.ul_item_mark = "•"
        self.open_quote, self.close_quote = f"«{SPACE}", f"{SPACE}»"
        self.backquote_code_style = True  # keeps <pre> from being indented
        self.links: list[tuple[str, str]] = []
        self.remote = self.tracker = False
        self._at = 0
        self._tables = tables
        self._sheet = sheet
        self._sight = Sight(sheet)
        self._quotes: list[bool] = []
        self._table: _Table | None = None
        self._first_cell = True
        self._raised = False
        self._lines_apart = True
        self._silence = ""
        self._silence_depth = 0
        self._anchors: list[tuple[str, int] | None] = []

    def finish(self) -> str:
        """The text, with that of a table nobody closed."""
        self._end_table()
        return super().finish()

    def feed(self, data: str) -> None:
        """Reads the page, tag by tag."""
        for token in tokens(data):
            if isinstance(token, str):
                self.handle_data(token)
                continue
            self._at = token.at
            if token.opens:
                self.handle_tag(token.name, token.attributes, True)
            if token.closes and (token.name not in VOID or not token.opens):
                self.handle_tag(token.name, {}, False)

    def handle_data(self, data: str, entity_char: bool = False) -> None:
        """Text as it is: no Markdown is made, so nothing is escaped."""
        if not data or self._silence or (self._sight.blind and not data.isspace()):
            return
        text = clean(data).translate(_TEXT)
        if self._raised and text.strip().isdigit():
            text = text.translate(_RAISED)
        self.o(text, puredata=True)

    def handle_tag(  # noqa: PLR0912 (one line a tag)
        self, tag: str, attrs: Attributes, start: bool
    ) -> None:
        """One tag: hidden, ours, or html2text's."""
        if self._is_silent(tag, attrs, start):
            return
        if start:
            self._sight.begin(tag, attrs)
        else:
            self._sight.end(tag)
        if tag in _HEADINGS:
            self._heading(start)
        elif tag in _STYLED:
            self.o(opened(_STYLED[tag]) if start else closed(_STYLED[tag]))
        elif tag == "a":
            self._anchor(attrs, start)
        elif tag == "img":
            if start:
                self._picture(attrs)
        elif tag in ("table", "tr", "td", "th", "caption"):
            self._table_tag(tag, start)
        elif tag == "br":
            if start:
                self.o(BREAK)
        elif tag == "hr":
            if start:
                self.p()
                self.o(opened(Style.RULE) + closed(Style.RULE))
                self.p()
        elif tag == "pre":
            self.p()
            self.pre = start
        elif tag == "sup":
            self._raised = start
        elif tag == "blockquote":
            self._blockquote(attrs, start)
        elif tag in ("ul", "ol") and start and len(self.list) >= MAX_NESTING:
            self.pbr()
        elif tag == "p":
            self._paragraph(attrs, start)
        elif tag in _BLOCKS:
            self.pbr()
        elif tag not in _PASSED_OVER:
            super().handle_tag(tag, dict(attrs), start)

    def _is_silent(self, tag: str, attrs: Attributes, start: bool) -> bool:
        """Skip a hidden element whole: from its start tag to the end tag that goes with it."""
        if self._silence:
            if tag == self._silence:
                self._silence_depth += 1 if start else -1
                if self._silence_depth <= 0:
                    self._silence = ""
            elif tag in ("body", "html") or (self._silence == "p" and tag in ("div", "table")):
                self._silence = ""
                return False
            return True
        hides = start and tag not in VOID and tag not in ("body", "html")
        if hides and (tag in _SILENT or is_hidden(tag, attrs, self._sheet)):
            self._silence, self._silence_depth = tag, 1
            return True
        return tag in _SILENT

    def _heading(self, start: bool) -> None:
        if start:
            self.p()
            self.o(opened(Style.HEADING))
        else:
            self.o(closed(Style.HEADING))
            self.p()

    def _paragraph(self, attrs: Attributes, start: bool) -> None:
        """Paragraphs stand apart, but those of Outlook and Zimbra, which are lines."""
        if start:
            style, names = attrs.get("style") or "", (attrs.get("class") or "").lower()
            self._lines_apart = not (names.startswith("mso") or _NO_MARGIN.fullmatch(style[:200]))
        if self._lines_apart:
            self.p()
        else:
            self.pbr()

    def _blockquote(self, attrs: Attributes, start: bool) -> None:
        """A quotation, unless mailers use it to indent."""
        self.p()
        if start:
            indents = bool(_NO_BORDER.search((attrs.get("style") or "")[:1000]))
            quotes = self.blockquote < MAX_NESTING and not indents
            self._quotes.append(quotes)
            self.blockquote += quotes
        elif self._quotes:
            self.blockquote -= self._quotes.pop()

    def _anchor(self, attrs: Attributes, start: bool) -> None:
        if start:
            if self._anchors:
                self._anchor({}, False)  # a link inside a link ends the first, as in a browser
            url = clean(attrs.get("href") or "", line=True).strip()
            if not _URL.match(url) or len(self.links) >= MAX_LINKS:
                self._anchors.append(None)
                return
            self.o(opened(Style.LINK))
            self._anchors.append((url, len(self.outtextlist)))
            return
        anchor = self._anchors.pop() if self._anchors else None
        if anchor is None:
            return
        url, begun = anchor
        text = " ".join(unmarked("".join(self.outtextlist[begun:]).replace(BREAK, " ")).split())
        self.space = False
        number = ""
        if text and (not self.links or self.links[-1] != (text, url)):
            self.links.append((text, url))
            number = f"⟦{len(self.links)}⟧"
        self.o(closed(Style.LINK) + number)

    def _picture(self, attrs: Attributes) -> None:
        source = (attrs.get("src") or "").strip()
        kind = pictures.kind_of(source, attrs)
        self.tracker = self.tracker or kind is pictures.Kind.TRACKER
        if kind is not pictures.Kind.SHOWN:
            return
        self.remote = self.remote or pictures.is_remote(source)
        words = " ".join(clean(attrs.get("alt") or "", line=True).translate(_TEXT).split())[:200]
        linked = bool(self._anchors and self._anchors[-1])
        if not words and not linked and (self._anchors or pictures.is_small(attrs)):
            return
        label = _("[image: {text}]").format(text=words) if words else _("[image]")
        self.o(opened(Style.IMAGE) + label.translate(_TEXT) + closed(Style.IMAGE))

    def _table_tag(self, tag: str, start: bool) -> None:
        if tag == "table":
            if start and self._at in self._tables and self._table is None:
                self.p()
                self._table = _Table(outer=self.outtextlist)
                self.outtextlist = []
            elif not start and self._table is not None:
                self._end_table()
            else:
                self.pbr()
        elif self._table is not None:
            self._data_cell(self._table, tag, start)
        elif tag == "tr":
            self.pbr()
            self._first_cell = True
        elif start:
            self.pbr()
            if not self._first_cell:
                self.o(GAP)
            self._first_cell = False

    def _data_cell(self, table: _Table, tag: str, start: bool) -> None:
        self._flush_cell(table)
        if tag == "tr" and start:
            table.rows.append([])
        elif tag in ("td", "th") and start:
            table.last_row().append(opened(Style.BOLD) if tag == "th" else "")
        self.p_p, self.start, self.space = 0, True, False

    def _flush_cell(self, table: _Table) -> None:
        text = " ".join("".join(self.outtextlist).replace(BREAK, " ").split())
        if text:
            row = table.last_row()
            if row:
                row[-1] += text
            else:
                row.append(text)
        self.outtextlist = []

    def _end_table(self) -> None:
        table = self._table
        if table is None:
            return
        self._flush_cell(table)
        self._table, self.outtextlist = None, table.outer
        rows = (row for row in table.rows[:MAX_ROWS] if any(row))
        self.outtextlist += [f"\n{ROW}{CELL.join(row)}" for row in rows]
        self.start = False
        self.p()
