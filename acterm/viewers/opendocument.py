"""OpenDocument texts and slides (ODF 1.3, part 3) as plain HTML for our own reader."""

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.viewers import packages
from acterm.viewers.asked import Asked
from acterm.viewers.page import read_page
from acterm.viewers.view import View
from acterm.viewers.xmltree import attribute, local, tree

_MOST_SPACES = 200
# What a person who prints the document would not see.
_UNSEEN = frozenset(
    [
        *("tracked-changes", "annotation", "notes", "forms", "sequence-decls", "variable-decls"),
        *("user-field-decls", "object", "object-ole", "script", "event-listeners", "settings"),
        *("table-of-content-source", "alphabetical-index-source", "bibliography-source"),
        *("binary-data", "desc", "title"),
    ]
)
_BLOCKS = {
    "p": "p",
    "list": "ul",
    "list-item": "li",
    "list-header": "li",
    "table": "table border=1",
    "table-row": "tr",
    "table-cell": "td",
    "text-box": "div",
}
_SIGNS = {
    "tab": ("&emsp; ", ""),
    "line-break": ("<br>", ""),
    "image": ('<img src="cid:">', ""),
    "note-body": (" [", "] "),
}


def view(asked: Asked) -> View:
    """A text as one page, slides one a page."""
    package = packages.checked(asked.data)
    root = tree(_content(package))
    styles = _styles(root)
    slides = [one for one in root.iter() if local(one) == "page" and "drawing" in str(one.tag)]
    count = max(len(slides), 1)
    number = min(max(asked.page, 1), count)
    source = "".join(_html(slides[number - 1] if slides else _body(root), styles))
    lines, cut = read_page(clean(source), asked.width)
    empty = "" if lines else _("There is no text here.")
    notes = (packages.macro_note(package), empty)
    names = tuple(clean(attribute(one, "name"), line=True) for one in slides) if slides else ()
    return View(lines, " ".join(filter(None, notes)), cut, page=number, pages=count, names=names)


def _content(package: ZipFile) -> bytes:
    if "META-INF/manifest.xml" in package.namelist() and b":encryption-data" in packages.read(
        package, "META-INF/manifest.xml"
    ):
        words = _("This document is locked by a password: only its own program opens it.")
        raise BadData(words)
    return packages.read(package, "content.xml")


def _body(root: Element) -> Element:
    return next((one for one in root if local(one) == "body"), root)


def _styles(root: Element) -> dict[str, str]:
    """The HTML tags that a style's letters stand for: « b », « i », « bi » or nothing."""
    found = {}
    for style in root.iter():
        if local(style) != "style":
            continue
        for properties in style:
            if local(properties) == "text-properties":
                bold = "b" if attribute(properties, "font-weight") in ("bold", "700") else ""
                italic = "i" if attribute(properties, "font-style") == "italic" else ""
                found[attribute(style, "name")] = bold + italic
    return found


def _html(element: Element, styles: dict[str, str]) -> Iterator[str]:
    """An element and all below it."""
    name = local(element)
    if name in _UNSEEN:
        return
    opening, closing = _tags(element, name, styles)
    yield opening
    if name not in ("s", "tab", "line-break"):
        yield escape(element.text or "") if _holds_words(name) else ""
    for child in element:
        yield from _html(child, styles)
        if child.tail and _holds_words(name):
            yield escape(child.tail)
    yield closing


def _holds_words(name: str) -> bool:
    return name not in ("list", "list-item", "table", "table-row", "table-cell", "body", "page")


def _tags(element: Element, name: str, styles: dict[str, str]) -> tuple[str, str]:
    """The HTML that opens and closes an element."""
    if name == "h":
        level = attribute(element, "outline-level")
        size = level if level in "123456" and level else "3"
        return f"<h{size}>", f"</h{size}>"
    if name == "span":
        tags = styles.get(attribute(element, "style-name"), "")
        return "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in tags[::-1])
    if name == "a":
        return f'<a href="{escape(attribute(element, "href"))}">', "</a>"
    if name == "s":
        count = attribute(element, "c")
        return "\u00a0" * min(int(count) if count.isdigit() else 1, _MOST_SPACES), ""
    if name in _BLOCKS:
        return f"<{_BLOCKS[name]}>", f"</{_BLOCKS[name].split()[0]}>"
    return _SIGNS.get(name, ("", ""))
