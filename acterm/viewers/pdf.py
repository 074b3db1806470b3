"""PDF, page by page: its text where it stands on the page, and a picture of it."""

from collections.abc import Iterator
from typing import Any

from acterm.errors import BadData
from acterm.i18n import _
from acterm.viewers.asked import Asked
from acterm.viewers.listing import MAX_ENTRIES, entry, missing
from acterm.viewers.packages import MAX_MEMBER
from acterm.viewers.pdf_text import Letter, lines_of
from acterm.viewers.pictures import MAX_HEIGHT, MAX_WIDTH, picture
from acterm.viewers.view import Entry, Locked, Member, Picture, View

_MOST_LETTERS = 60_000
# How the library writes a hyphen that only breaks a line.
_SOFT, _HYPHEN = (2, 0xAD, 0xFFFE), "\u00ad"
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
    number = min(max(asked.page, 1), pages)
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return View((), _("This page is damaged."), page=number, pages=pages)
    lines, wide = lines_of(_letters(page), page.get_width(), asked.width)
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


def _letters(page: Any) -> Iterator[Letter]:
    """The characters of a page with their places; what the library adds has none."""
    from pypdfium2 import raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    for at in range(min(text.count_chars(), _MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, at)
        if raw.FPDFText_GetLooseCharBox(text, at, box):
            shown = _HYPHEN if code in _SOFT else chr(code) if code < 0x110000 else ""
            yield Letter(shown, box.left, box.right, box.top, box.bottom)


def _picture(page: Any) -> Picture | None:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        return None
    scale = min(_SCALE, MAX_WIDTH / width, MAX_HEIGHT / height)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
    return picture(bitmap.to_pil())
