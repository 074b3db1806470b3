"""PDF, page by page: its text where it stands on the page, and a picture of it."""

from collections.abc import Iterator
from typing import Any

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.message import Line
from acterm.mail.text.marks import layout
from acterm.mail.text.page import link_lines
from acterm.mail.web.links import numbered
from acterm.viewers.asked import Asked
from acterm.viewers.listing import MAX_ENTRIES, entry, missing
from acterm.viewers.packages import MAX_MEMBER
from acterm.viewers.pdf_forms import filled
from acterm.viewers.pdf_letters import letters_of
from acterm.viewers.pdf_links import links_of, marked
from acterm.viewers.pdf_text import lines_of
from acterm.viewers.pictures import MAX_HEIGHT, MAX_WIDTH, picture
from acterm.viewers.view import Entry, Locked, Member, Picture, View

# One point is 1/72 inch; a page is drawn at twice that, or as large as a picture may be.
_SCALE = 2.0


def view(asked: Asked) -> View:
    """A page. Nothing in it runs, no link is followed, no form is filled."""
    import pypdfium2
    from pypdfium2 import raw

    document = _opened(asked)
    pages = len(document)
    if not pages:
        raise BadData(_("This document has no page."))
    document.init_forms()  # this library is built without a way to run scripts
    number = min(max(asked.page, 1), pages)
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return View((), _("This page is damaged."), page=number, pages=pages)
    lines, wide = _text(document, page, asked.width)
    notes = []
    if not lines:
        notes.append(_("This page has no text, only a picture: it was scanned or drawn."))
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        notes.append(_("It brings a script along: acterm does not run it."))
    image = _picture(page) if asked.drawn else None
    words = " ".join(notes)
    files = tuple(_entries(document))
    return View(lines, words, wide=wide, picture=image, page=number, pages=pages, entries=files)


def member(asked: Asked, number: int) -> Member:
    """A file that the document brings along."""
    document = _opened(asked)
    for one in _entries(document):
        if one.number == number:
            data = bytes(document.get_attachment(number - 1).get_data())
            return Member(one.name, one.type, data[:MAX_MEMBER])
    raise missing(asked.name)


def _entries(document: Any) -> Iterator[Entry]:
    """The files in a document: an electronic invoice holds one, a portfolio many."""
    for at in range(min(document.count_attachments(), MAX_ENTRIES)):
        yield entry(at + 1, document.get_attachment(at).get_name(), -1)


def _opened(asked: Asked) -> Any:  # the library has no types
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(asked.data, password=asked.password or None)
    except pypdfium2.PdfiumError as problem:
        if "password" not in str(problem).lower():
            raise ValueError(str(problem)) from problem
        if asked.password:
            raise Locked(_("This password does not open it.")) from problem
        raise Locked(_("This document is locked by a password.")) from problem


def _text(document: Any, page: Any, width: int) -> tuple[tuple[Line, ...], bool]:
    """What a page says, its form filled; below it what runs another way, and where links lead."""
    letters, others, breadth = letters_of(page)
    if document.formenv:
        letters += filled(page, document.formenv)
    letters, links = marked(letters, links_of(document, page))
    lines, wide = lines_of(letters, breadth, width)
    below = [line for words in others for line in layout(["", words], width)]
    below += [entry.line for entry in link_lines(numbered(links), width)]
    return (*lines, *below) if lines else tuple(below[1:]), wide


def _picture(page: Any) -> Picture | None:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        return None
    scale = min(_SCALE, MAX_WIDTH / width, MAX_HEIGHT / height)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    return picture(bitmap.to_pil())
