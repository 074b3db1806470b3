"""The elements of an OpenDocument (ODF 1.3, part 3) as plain HTML for our own reader."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from xml.etree.ElementTree import Element

from acterm.i18n import _
from acterm.viewers.formula import formula
from acterm.viewers.opendocument_outline import Outline
from acterm.viewers.symbols import shown_symbols
from acterm.viewers.xmltree import attribute, local

_MOST_SPACES = 200
# What stands on every slide.
_PLACES = ("page-number", "date-time", "header", "footer", "page")
# What a person who prints the document would not see, and what is told apart from the text.
_UNSEEN = frozenset(
    [
        *("tracked-changes", "notes", "forms", "sequence-decls", "variable-decls"),
        *("user-field-decls", "script", "event-listeners", "settings", "binary-data", "desc"),
        *("table-of-content-source", "alphabetical-index-source", "bibliography-source", "title"),
    ]
)
_BLOCKS = {"p": "p", "table-row": "tr", "text-box": "div"}
_SIGNS = {"tab": "&emsp; ", "line-break": "<br>"}
# Their text is but the white space between the elements in them.
_WORDLESS = ("list", "list-item", "table", "table-row", "table-cell", "body", "page", "frame")


class Writer:
    """Elements as HTML. `notes` and `remarks` are what it met on the way, their marks first."""

    def __init__(
        self, styles: Sequence[Element], embedded: Callable[[str], Element | None]
    ) -> None:
        self.notes: list[tuple[str, str]] = []
        self.remarks: list[tuple[str, str]] = []
        self._embedded = embedded
        self._outline = Outline(styles)
        self._letters = {name: tags for root in styles for name, tags in _letter_tags(root)}
        self._numbered = {
            attribute(style, "name"): {
                attribute(level, "level"): attribute(level, "num-format")
                for level in style
                if local(level) == "list-level-style-number"
            }
            for root in styles
            for style in root.iter()
            if local(style) == "list-style"
        }
        self._lists: list[str] = []

    def html(self, element: Element) -> Iterator[str]:
        """An element and all below it."""
        name = local(element)
        if name in _UNSEEN:
            return
        special = {
            "list": self._list,
            "frame": self._frame,
            "note": self._note,
            "annotation": self._remark,
            "span": self._span,
            "table": self._table,
        }.get(name)
        if special:
            yield from special(element)
        elif name in ("s", *_SIGNS):
            yield _SIGNS.get(name) or "\u00a0" * _spaces(element)
        else:
            opening, closing = self._tags(element, name)
            yield opening
            yield from self._inside(element)
            yield closing

    def _inside(self, element: Element) -> Iterator[str]:
        worded = local(element) not in _WORDLESS
        yield _words(element.text) if worded else ""
        for child in element:
            yield from self.html(child)
            yield _words(child.tail) if worded else ""

    def _list(self, element: Element) -> Iterator[str]:
        """Numbered or not by the style of its level, which a list inside another inherits."""
        style = attribute(element, "style-name") or (self._lists[-1] if self._lists else "")
        self._lists.append(style)
        form = self._numbered.get(style, {}).get(str(len(self._lists)), "")
        tag = "ol" if form else "ul"
        yield f'<{tag} type="{escape(form)}">'
        for item in element:
            bare = all(local(one) == "list" for one in item)  # it only makes a deeper level
            yield "" if bare else "<li>"
            yield from self._inside(item)
            yield "" if bare else "</li>"
        yield f"</{tag}>"
        self._lists.pop()

    def _frame(self, frame: Element) -> Iterator[str]:
        """What a frame shows: a text, a table or a formula; else it is a picture."""
        if attribute(frame, "class") in _PLACES:
            return
        kinds = {local(one): one for one in reversed(frame)}
        held = next((kinds[name] for name in ("text-box", "table") if name in kinds), None)
        if held is not None:
            yield from self.html(held)
        elif "object" in kinds:
            yield self._object(kinds["object"])
        elif "image" in kinds:
            words = next((one.text or "" for one in frame if local(one) in ("title", "desc")), "")
            yield f'<img src="cid:" alt="{escape(words)}">'

    def _object(self, element: Element) -> str:
        """A formula as it is read; of a chart only that there is one."""
        held = next(iter(element), None)
        held = held if held is not None else self._embedded(attribute(element, "href"))
        if held is not None and local(held) == "math":
            return escape(formula(held))
        return escape(_("[chart]"))

    def _note(self, note: Element) -> Iterator[str]:
        mark = next((one.text or "" for one in note if local(one) == "note-citation"), "")
        body = next((one for one in note if local(one) == "note-body"), note)
        self.notes.append((mark, self._line(body)))
        yield f"[{escape(mark)}]"

    def _remark(self, remark: Element) -> Iterator[str]:
        who = next((one.text or "" for one in remark if local(one) == "creator"), "")
        words = [one for one in remark if local(one) in ("p", "list")]
        mark = f"{who} {len(self.remarks) + 1}".strip()
        self.remarks.append((mark, self._line(words)))
        yield f"[{escape(mark)}]"

    def _line(self, paragraphs: Iterable[Element]) -> str:
        """Paragraphs as one."""
        return " ".join("".join(self._inside(one)) for one in paragraphs).strip()

    def _span(self, span: Element) -> Iterator[str]:
        tags = self._letters.get(attribute(span, "style-name"), ())
        if "hidden" in tags:
            return
        yield "".join(f"<{tag}>" for tag in tags)
        yield from self._inside(span)
        yield "".join(f"</{tag}>" for tag in reversed(tags))

    def _table(self, table: Element) -> Iterator[str]:
        yield "<table border=1>"
        yield from self._inside(table)
        yield "</table>"

    def _tags(self, element: Element, name: str) -> tuple[str, str]:
        """The HTML that opens and closes an element."""
        if name == "h":
            level = attribute(element, "outline-level")
            size = level if level in "123456" and level else "3"
            label = self._outline.label(element)
            return f"<h{size}>{escape(label)}{' ' * bool(label)}", f"</h{size}>"
        if name == "a":
            return f'<a href="{escape(attribute(element, "href"))}">', "</a>"
        if name == "table-cell":
            return f'<td colspan="{attribute(element, "number-columns-spanned")}">', "</td>"
        if name in _BLOCKS:
            return f"<{_BLOCKS[name]}>", f"</{_BLOCKS[name]}>"
        return "", ""


def _letter_tags(root: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The HTML tags that the letters of each style stand for; `hidden` for those unseen."""
    for style in root.iter():
        for look in style if local(style) == "style" else ():
            if local(look) == "text-properties":
                yield attribute(style, "name"), tuple(filter(None, _tags_of(look)))


def _tags_of(look: Element) -> Iterator[str]:
    yield "b" if attribute(look, "font-weight") in ("bold", "700") else ""
    yield "i" if attribute(look, "font-style") == "italic" else ""
    yield "s" if attribute(look, "text-line-through-style") not in ("", "none") else ""
    place = attribute(look, "text-position")
    yield "sup" if place.startswith("super") else "sub" if place.startswith("sub") else ""
    yield "hidden" if attribute(look, "display") == "none" else ""


def _spaces(element: Element) -> int:
    count = attribute(element, "c")
    return min(int(count) if count.isdigit() else 1, _MOST_SPACES)


def _words(text: str | None) -> str:
    return escape(shown_symbols(text or ""))
