"""Books (EPUB 3.3): their chapters in order, one a page, as plain text."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from zipfile import ZipFile

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.message import Line, Span, Style
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.text.marks import layout
from acterm.viewers import packages
from acterm.viewers.asked import Asked
from acterm.viewers.page import read_page
from acterm.viewers.view import View
from acterm.viewers.xmltree import attribute, local, tree

_CONTAINER = "META-INF/container.xml"
# What shops put into the books that only their own readers open.
_LOCKS = ("META-INF/rights.xml", "META-INF/license.lcpl")
_SAID = ("title", "creator")


def view(asked: Asked) -> View:
    """A chapter; the first with title and author above it."""
    package = packages.checked(asked.data)
    if any(name in package.namelist() for name in _LOCKS):
        raise BadData(_("This book is locked: only the reader of its shop opens it."))
    said, chapters = _book(package)
    if not chapters:
        raise ValueError("no chapter")
    number = min(max(asked.page, 1), len(chapters))
    source = decode_bytes(packages.read(package, chapters[number - 1]), "utf-8")[0]
    lines, cut = read_page(clean(source), asked.width)
    if number == 1:
        lines = (*_heads(said, asked.width), *lines)
    note = "" if lines else _("This page has no text, only pictures.")
    return View(lines, note, cut, page=number, pages=len(chapters))


def _book(package: ZipFile) -> tuple[list[str], list[str]]:
    """Title and authors, and the parts of the package in the order they are read."""
    roots = tree(packages.read(package, _CONTAINER)).iter()
    path = next(attribute(one, "full-path") for one in roots if local(one) == "rootfile")
    root = tree(packages.read(package, path))
    said = [one.text or "" for kind in _SAID for one in root.iter() if local(one) == kind]
    places = {
        attribute(one, "id"): normpath(join(dirname(path), unquote(attribute(one, "href"))))
        for one in root.iter()
        if local(one) == "item" and "html" in attribute(one, "media-type")
    }
    order = (attribute(one, "idref") for one in root.iter() if local(one) == "itemref")
    names = set(package.namelist())
    return said, [places[one] for one in order if places.get(one) in names]


def _heads(said: list[str], width: int) -> Iterator[Line]:
    for words in said:
        for line in layout([clean(words, line=True)], width):
            yield Line(line.text, (Span(0, len(line.text), Style.HEADING),))
    yield Line("")
