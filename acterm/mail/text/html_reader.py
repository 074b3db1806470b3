"""An HTML page, tag by tag: our own links, pictures and tables, and eyes for what is hidden."""

import re
from collections.abc import Callable, Iterable

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.message import Style
from acterm.mail.text import pictures
from acterm.mail.text.css import Sheet
from acterm.mail.text.hidden import HEADINGS, VOID, Sight
from acterm.mail.text.html_cells import CellWriter
from acterm.mail.text.html_lists import ITEMS, LISTS, MAX_NESTING
from acterm.mail.text.html_text import SPACE
from acterm.mail.text.marking import BREAK, closed, opened, unmarked
from acterm.mail.text.symbols import in_wingdings
from acterm.mail.text.tags import Attributes, Tag
from acterm.mail.web.links import MAX_LINKS, bare_urls, host_of

_BLOCKS = (
    *("div", "center", "section", "article", "header", "footer", "main", "nav", "aside", "address"),
    *("figure", "figcaption", "form", "fieldset", "legend", "details", "summary", "caption"),
)
# Their cells stand beside each other: what is between rows is theirs to say.
_OF_ROW = frozenset(["tr", "td", "th"])
_URL = re.compile(r"(?:https?|mailto|ftp|tel):|www\.", re.IGNORECASE)
_NO_BORDER = re.compile(r"border\s*:\s*(?:none|0)", re.IGNORECASE)
_NONE: Attributes = {}


class Reader(CellWriter):
    """One page. `read` gives marked text; `links` are (text, url) in order."""

    def __init__(self, tables: frozenset[int], sheet: Sheet) -> None:
        super().__init__(tables)
        self.links: list[tuple[str, str]] = []
        self.remote = self.tracker = False
        self._at = 0
        self._sight = Sight(sheet)
        self._quotes: list[bool] = []
        self._apart_below = True
        # The links that are open: where each leads, what is written to, and where it began there.
        self._anchors: list[tuple[str, list[str], int] | None] = []
        self._handlers = self._tag_handlers()

    def read(self, page: Iterable[Tag | str]) -> str:
        """The marked text of a page, tag by tag."""
        self.start = True
        for token in page:
            if isinstance(token, str):
                self._text(token)
                continue
            name, attributes, opens, closes, self._at = token
            if opens:
                self.handle_tag(name, attributes, True)
            if closes and (not opens or name not in VOID):
                self.handle_tag(name, _NONE, False)
        self.set_marks("")
        self.end_tables()
        return self.finish()

    def _text(self, data: str) -> None:
        """What stands between two tags, when it can be seen."""
        if self._sight.state.hidden and not data.isspace():
            self._sight.leave_head()
        state = self._sight.state
        if not state.hidden and (data.isspace() or not self._sight.blind):
            data = in_wingdings(data) if state.wingdings else data
            heads = self.heads if self.heads not in state.marks else ""
            if state.kept and "\n" in data and not self.pre and not data.isspace():
                self._say_lines(data, state.marks + heads)
            else:
                self._say(data, state.marks + heads)

    def _say_lines(self, data: str, marks: str) -> None:
        """Text whose lines and blanks count."""
        for number, line in enumerate(data.replace("\r", "").split("\n")):
            text = line.lstrip(" ")
            if number:
                self.o(BREAK)
                text = "\u00a0" * (len(line) - len(text)) + text
            if text:
                self._say(text, marks)

    def _say(self, data: str, marks: str) -> None:
        """Text; addresses of the web in it that nobody made links of are links too."""
        if "://" not in data or self._anchors:
            self.say(data, marks)
            return
        at = 0
        for start, end in bare_urls(data):
            self.say(data[at:start], marks)
            self._anchor({"href": data[start:end]}, True)
            self.say(data[start:end], marks)
            self._anchor(_NONE, False)
            at = end
        self.say(data[at:], marks)

    def handle_tag(self, tag: str, attrs: Attributes, start: bool) -> None:
        """One tag: hidden, ours, or html2text's."""
        within = self._sight.state
        hidden = within.hidden
        if start:
            hidden = self._sight.begin(tag, attrs).hidden
        else:
            self._sight.end(tag)
        if self.marks:
            self.hold_marks(self._sight.state.marks)
        if hidden:
            if tag == "img" and start:
                kind = pictures.kind_of(attrs, hidden=not within.hidden)
                self.tracker = self.tracker or kind is pictures.Kind.TRACKER
            return
        if tag not in _OF_ROW and (self._sight.left or (start and self._sight.above)):
            self.p()
        handler = self._handlers.get(tag)
        if handler is not None:
            handler(attrs, start)

    def _tag_handlers(self) -> dict[str, Callable[[Attributes, bool], None]]:
        """Who sets which tag; the others are passed over."""
        handlers: dict[str, Callable[[Attributes, bool], None]] = {
            "a": self._anchor,
            "area": self._area,
            "blockquote": self._blockquote,
            "br": lambda _attrs, start: self.o(BREAK) if start else None,
            "hr": self._rule,
            "img": self._picture,
            "input": self._choice,
            "p": self._paragraph,
            "pre": self._preformatted,
            "q": lambda _attrs, start: self.quotation_mark(start=start),
            "sub": lambda _attrs, start: self._shift("sub" if start else ""),
            "sup": lambda _attrs, start: self._shift("sup" if start else ""),
            "table": lambda _attrs, start: self._table(start=start),
            "tr": lambda _attrs, start: self.set_row(start=start),
            "td": lambda attrs, start: self._cell(attrs, start=start),
            "th": lambda attrs, start: self._cell(attrs, start=start, heading=True),
        }
        handlers |= dict.fromkeys(_BLOCKS, self._block)
        handlers |= dict.fromkeys(HEADINGS, lambda _attrs, _start: self.p())
        handlers |= {tag: self._list(tag) for tag in LISTS}
        handlers |= {tag: self._item(tag) for tag in ITEMS}
        return handlers

    def _list(self, tag: str) -> Callable[[Attributes, bool], None]:
        return lambda attrs, start: self.begin_list(tag, attrs) if start else self.end_list(tag)

    def _item(self, tag: str) -> Callable[[Attributes, bool], None]:
        return lambda attrs, start: self.begin_item(tag, attrs) if start else self.end_item(tag)

    def _choice(self, attrs: Attributes, start: bool) -> None:
        """A box or a button of a form that was filled in, ticked or not."""
        kind = (attrs.get("type") or "").lower()
        if start and kind in ("checkbox", "radio"):
            self.o("[x]" if "checked" in attrs else "[ ]")
            self.space = True

    def _table(self, *, start: bool) -> None:
        if start:
            self.begin_table(self._at)
        else:
            self.end_table()

    def _cell(self, attrs: Attributes, *, start: bool, heading: bool = False) -> None:
        if start:
            apart = bool(self._sight.above), bool(self._sight.below)
            self.begin_cell(attrs, heading=heading, apart=apart)
        else:
            self.end_cell()

    def _block(self, _attrs: Attributes, _start: bool) -> None:
        self.pbr()

    def _paragraph(self, attrs: Attributes, start: bool) -> None:
        """Paragraphs stand apart, but those without margins, as Outlook and Zimbra write lines."""
        names = (attrs.get("class") or "").lower()
        apart = self._apart_below
        if start:
            by_default = not names.startswith("mso")
            above, below = self._sight.above, self._sight.below
            apart = by_default if above is None else above
            self._apart_below = by_default if below is None else below
        if apart:
            self.p()
        else:
            self.pbr()
        if names.startswith("mso") or "mso-list" in (attrs.get("style") or ""):
            self.word_item(attrs.get("style") or "", names)

    def _blockquote(self, attrs: Attributes, start: bool) -> None:
        """A quotation, unless mailers use it to indent."""
        self.p()
        if start:
            indents = bool(_NO_BORDER.search((attrs.get("style") or "")[:1000]))
            quotes = self.blockquote < MAX_NESTING and not indents
            self._quotes.append(quotes)
            self.start = self.start and not quotes
            self.blockquote += quotes
        elif self._quotes:
            self.blockquote -= self._quotes.pop()

    def _rule(self, _attrs: Attributes, start: bool) -> None:
        if start:
            self.p()
            self.o(opened(Style.RULE) + closed(Style.RULE))
            self.p()

    def _preformatted(self, _attrs: Attributes, start: bool) -> None:
        self.p()
        self.pre = start

    def _shift(self, how: str) -> None:
        self.shifted = how

    def _anchor(self, attrs: Attributes, start: bool) -> None:
        if start:
            if self._anchors:
                self._anchor({}, False)  # a link inside a link ends the first, as in a browser
            url = clean(attrs.get("href") or "", line=True).strip()
            if not _URL.match(url) or len(self.links) >= MAX_LINKS:
                self._anchors.append(None)
                return
            self.o(opened(Style.LINK))
            self._anchors.append((url, self.outtextlist, len(self.outtextlist)))
            return
        anchor = self._anchors.pop() if self._anchors else None
        if anchor is None:
            return
        url, written, begun = anchor
        words = self.outtextlist[begun if written is self.outtextlist else 0 :]
        text = " ".join(unmarked("".join(words).replace(BREAK, " ")).split())
        number = ""
        if text and (not self.links or self.links[-1] != (text, url)):
            self.links.append((text, url))
            number = f"⟦{len(self.links)}⟧"
        if text and self.outtextlist[-1].endswith((" ", SPACE)):
            self.outtextlist[-1] = self.outtextlist[-1].rstrip(f" {SPACE}")
            self.space = True
        self.out(closed(Style.LINK) + number)

    def _area(self, attrs: Attributes, start: bool) -> None:
        """A link drawn on a picture, by its words or its host."""
        if start and attrs.get("href"):
            words = pictures.words_of(attrs)
            self.pbr()
            self._anchor(attrs, True)
            self.o(words or host_of(attrs.get("href") or ""))
            self._anchor({}, False)

    def _picture(self, attrs: Attributes, start: bool) -> None:
        if not start:
            return
        kind = pictures.kind_of(attrs)
        self.tracker = self.tracker or kind is pictures.Kind.TRACKER
        if kind is not pictures.Kind.SHOWN:
            return
        self.remote = self.remote or pictures.is_remote(attrs)
        words = pictures.words_of(attrs)
        linked = bool(self._anchors and self._anchors[-1])
        if not words and not linked and (self._anchors or pictures.is_small(attrs)):
            return
        if words and not any(map(str.isalnum, words)):
            self.say(words, self._sight.state.marks)  # an emoji, as webmails send them
            return
        label = _("[image: {text}]").format(text=words) if words else _("[image]")
        if self.outtextlist and self.outtextlist[-1].endswith((closed(Style.IMAGE), "⟧")):
            self.space = True
        self.o(opened(Style.IMAGE) + label.replace("\u00a0", SPACE) + closed(Style.IMAGE))
