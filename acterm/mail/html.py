"""HTML mail to marked text: what a person was meant to read, and nothing that was hidden.

html2text does paragraphs, lists, quotes and entities; links, pictures, tables, styles and what is
hidden are decided here. Linear on hostile input: see `prepared`.
"""

import re
from dataclasses import dataclass, field

import html2text

from acterm.i18n import _
from acterm.mail import hidden
from acterm.mail.clean import clean
from acterm.mail.marks import BREAK, CELL, GAP, ROW, closed, opened, unmarked
from acterm.mail.message import Style

MAX_HTML = 2 << 20
MAX_TAG = 1 << 14
MAX_TAGS = 120_000
MAX_NESTING = 12
MAX_LINKS = 5000

_STYLED = {
    "b": Style.BOLD,
    "strong": Style.BOLD,
    "th": Style.BOLD,
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
_PASSED_OVER = ("u", "s", "del", "strike", "abbr", "style", "script", "head", "sup", "sub")
# A picture written into its tag: thousands of letters that nobody reads.
_DATA = re.compile(r"data:[\w/+.;=-]{0,100}?;base64,[A-Za-z0-9+/=%\s]*", re.IGNORECASE)
_REMOTE = re.compile(
    r"url\(\s*[\"']?\s*(?:https?:)?//|@import\s+[\"']\s*(?:https?:)?//"
    r"|\b(?:background|poster|srcset)\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|<(?:link|iframe|frame|video|audio|source|embed|object|input|script)\b[^<>]{0,1000}?"
    r"\b(?:src|href|data)\s*=\s*[\"']?\s*(?:https?:)?//",
    re.IGNORECASE,
)
_TABLE_TAG = re.compile(r"<(/?)(table|th)\b([^<>]{0,2000})>", re.IGNORECASE)
_BORDER = re.compile(r"border\s*=\s*[\"']?\s*[1-9]|role\s*=\s*[\"']?table\b", re.IGNORECASE)
_PLAIN_ROLE = re.compile(r"role\s*=\s*[\"']?presentation", re.IGNORECASE)
_SHORT_ROW = 60
# Marks of ours that the text of a mail must not forge.
_BRACKETS = {ord("⟦"): "[", ord("⟧"): "]"}


@dataclass
class HtmlText:
    """Marked lines, the links as (text, url) in order of their numbers, and what was left out."""

    lines: list[str]
    links: list[tuple[str, str]]
    remote: bool = False
    tracker: bool = False
    hidden_words: int = 0
    cut: bool = False


def read(source: str) -> HtmlText:
    """The visible text of an HTML part. Never raises."""
    text = prepared(source)
    reader = _Reader(data_tables(text), hidden.selectors(text))
    try:
        output = reader.handle(text)
    except (AssertionError, ValueError, IndexError, RecursionError):  # html.parser on junk
        output = "".join(reader.outtextlist)
    lines = _lines(output)
    return HtmlText(
        lines=lines,
        links=reader.links,
        remote=reader.remote or bool(_REMOTE.search(text)),
        tracker=reader.tracker,
        cut=len(source) > MAX_HTML or text.count("<") >= MAX_TAGS - 1,
    )


def prepared(source: str) -> str:
    """Without comments, declarations and unclosed tags: what makes html.parser quadratic."""
    text = _DATA.sub("data:,", source)[:MAX_HTML]
    left = MAX_TAGS
    pieces: list[str] = []
    at = 0
    while (start := text.find("<", at)) >= 0:
        pieces.append(text[at:start])
        following = text[start + 1 : start + 4]
        if following[:1] in ("!", "?"):
            mark = "-->" if following == "!--" else ">"
            end = text.find(mark, start + 2)
            if end < 0:
                return "".join(pieces)
            at = end + len(mark)
            continue
        end = text.find(">", start, start + MAX_TAG)
        if end < 0 or not (following[:1].isalpha() or following[:1] == "/"):
            pieces.append("&lt;")
            at = start + 1
            continue
        left -= 1
        if not left:
            return "".join(pieces)
        pieces.append(text[start : end + 1])
        at = end + 1
    pieces.append(text[at:])
    return "".join(pieces)


def data_tables(text: str) -> list[bool]:
    """For each table in order, whether its columns mean something and are kept."""
    kinds: list[bool] = []
    begun: list[int] = []
    for found in _TABLE_TAG.finditer(text):
        closing, name, attributes = found.groups()
        if name.lower() == "th":
            if begun and not closing:
                kinds[begun[-1]] = True
        elif closing:
            if begun:
                begun.pop()
        else:
            if begun:
                kinds[begun[-1]] = False
            begun.append(len(kinds))
            kinds.append(bool(_BORDER.search(attributes)) and not _PLAIN_ROLE.search(attributes))
    return kinds


@dataclass
class _Table:
    """A data table being read: its rows, and the cell that is open."""

    rows: list[list[str]] = field(default_factory=list)
    outer: list[str] = field(default_factory=list)


class _Reader(html2text.HTML2Text):
    """html2text with our own links, pictures, tables and styles."""

    def __init__(self, tables: list[bool], selectors: hidden.Selectors) -> None:
        super().__init__(bodywidth=0)
        self.unicode_snob = True
        self.ul_item_mark = "•"
        self.open_quote, self.close_quote = "«\u00a0", "\u00a0»"
        self.backquote_code_style = True  # keeps <pre> from being indented
        self.links: list[tuple[str, str]] = []
        self.remote = self.tracker = False
        self._kinds = iter(tables)
        self._selectors = selectors
        self._stack: list[bool] = []
        self._table: _Table | None = None
        self._first_cell = True
        self._silence = ""
        self._silence_depth = 0
        self._anchors: list[tuple[str, int] | None] = []

    def finish(self) -> str:
        """The text, with that of a table nobody closed."""
        self._end_table()
        return super().finish()

    def handle_data(self, data: str, entity_char: bool = False) -> None:
        """Text as it is: no Markdown is made, so nothing is escaped."""
        if data and not self._silence:
            self.o(clean(data).translate(_BRACKETS), puredata=True)

    def handle_tag(  # noqa: PLR0912 (one line a tag)
        self, tag: str, attrs: dict[str, str | None], start: bool
    ) -> None:
        """One tag: hidden, ours, or html2text's."""
        if self._is_silent(tag, attrs, start):
            return
        if tag in _HEADINGS:
            self._heading(start)
        elif tag in _STYLED and tag != "th":
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
        elif tag == "blockquote":
            self._blockquote(start)
        elif tag in ("ul", "ol") and start and len(self.list) >= MAX_NESTING:
            self.pbr()
        elif tag in ("p", "div"):
            self._block(tag)
        elif tag not in _PASSED_OVER:
            super().handle_tag(tag, attrs, start)

    def _is_silent(self, tag: str, attrs: dict[str, str | None], start: bool) -> bool:
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
        hides = start and tag not in hidden.VOID and tag not in ("body", "html")
        if hides and (tag in _SILENT or hidden.is_hidden(tag, attrs, self._selectors)):
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

    def _block(self, tag: str) -> None:
        """Paragraphs stand apart; a div is only a line of its own."""
        if tag == "p":
            self.p()
        else:
            self.pbr()

    def _blockquote(self, start: bool) -> None:
        self.p()
        if start and self.blockquote < MAX_NESTING:
            self._stack.append(True)
            self.blockquote += 1
        elif start:
            self._stack.append(False)
        elif self._stack and self._stack.pop():
            self.blockquote -= 1

    def _anchor(self, attrs: dict[str, str | None], start: bool) -> None:
        if start:
            if self._anchors:
                self._anchor({}, False)  # a link inside a link ends the first, as in a browser
            url = clean(attrs.get("href") or "", line=True).strip()
            usable = re.match(r"(?i)(https?|mailto|ftp|tel):", url) or url.startswith("www.")
            if not usable or len(self.links) >= MAX_LINKS:
                self._anchors.append(None)
                return
            self.o(opened(Style.LINK))
            self._anchors.append((url, len(self.outtextlist)))
            return
        anchor = self._anchors.pop() if self._anchors else None
        if anchor is None:
            return
        url, begun = anchor
        text = " ".join(unmarked("".join(self.outtextlist[begun:])).split())
        self.space = False
        if (self.links and self.links[-1] == (text, url)) or not text:
            self.o(closed(Style.LINK))
            if text:
                return
        if not text:
            return
        self.links.append((text, url))
        self.o(f"{closed(Style.LINK)}⟦{len(self.links)}⟧")

    def _picture(self, attrs: dict[str, str | None]) -> None:
        source = (attrs.get("src") or "").strip()
        remote = bool(re.match(r"(?i)(https?:)?//", source))
        if hidden.is_tracker(source, attrs):
            self.tracker = self.tracker or remote
            return
        self.remote = self.remote or remote
        words = " ".join(clean(attrs.get("alt") or "", line=True).split())[:200]
        if not words and (self._anchors or hidden.is_small(attrs)):
            words = _("picture") if self._anchors and self._anchors[-1] else ""
            if not words:
                return
        label = _("[image: {text}]").format(text=words) if words else _("[image]")
        self.o(opened(Style.IMAGE) + label + closed(Style.IMAGE))

    def _table_tag(self, tag: str, start: bool) -> None:
        if tag == "table":
            data = next(self._kinds, False) if start else False
            if start and data and self._table is None:
                self.p()
                self._begin_table()
            elif not start and self._table is not None:
                self._end_table()
            else:
                self.pbr()
        elif self._table is not None:
            self._data_cell(tag, start)
        elif tag == "tr":
            self.pbr()
            self._first_cell = True
        elif start:
            self.pbr()
            if not self._first_cell:
                self.o(GAP)
            self._first_cell = False

    def _begin_table(self) -> None:
        self._table = _Table(outer=self.outtextlist)
        self.outtextlist = []

    def _data_cell(self, tag: str, start: bool) -> None:
        table = self._table
        if table is None:
            return
        self._flush_cell(table)
        if tag == "tr" and start:
            table.rows.append([])
        elif tag in ("td", "th") and start:
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(opened(Style.BOLD) if tag == "th" else "")
        self.p_p, self.start, self.space = 0, True, False

    def _flush_cell(self, table: _Table) -> None:
        text = " ".join("".join(self.outtextlist).replace(BREAK, " ").split())
        if text:
            if not table.rows:
                table.rows.append([])
            if table.rows[-1]:
                table.rows[-1][-1] += text
            else:
                table.rows[-1].append(text)
        self.outtextlist = []

    def _end_table(self) -> None:
        table = self._table
        if table is None:
            return
        self._flush_cell(table)
        self._table, self.outtextlist = None, table.outer
        prefix = "\n"
        for row in table.rows[:5000]:
            if any(row):
                self.outtextlist.append(prefix + ROW + CELL.join(row))
        self.start = False
        self.p()


def _lines(output: str) -> list[str]:
    """html2text's output as lines: breaks made real, blank runs one, short cells side by side."""
    lines: list[str] = []
    for raw in output.replace("\u00a0\n", "\n").split("\n"):
        quote = re.match(r"(?:> ?)*", raw)
        prefix = quote[0] if quote else ""
        for number, piece in enumerate(raw.split(BREAK)):
            line = (prefix + piece if number else piece).rstrip(" \t")
            lines.append(line)
    kept: list[str] = []
    for line in lines:
        _keep_line(line, kept)
    while kept and not kept[-1].strip("> "):
        kept.pop()
    return kept


def _keep_line(line: str, kept: list[str]) -> None:
    """Add a line to those kept: a short cell beside the one before, one blank for many."""
    if GAP in line:
        line = line.replace(GAP, "").strip()
        if kept and kept[-1] and line and len(unmarked(kept[-1] + line)) < _SHORT_ROW:
            kept[-1] += "  " + line
            return
    empty = not unmarked(line.lstrip("> ")).strip()
    if not empty or line.startswith(ROW) or opened(Style.RULE) in line:
        kept.append(line)
    elif kept and kept[-1].strip("> "):
        kept.append(line.rstrip() if kept[-1].startswith(">") else "")
