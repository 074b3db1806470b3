"""Word documents: mammoth makes plain HTML of them, which our own reader shows."""

import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.viewers.apart import changes_note, on_paper, remark
from acterm.viewers.asked import Asked
from acterm.viewers.packages import checked, macro_note
from acterm.viewers.page import read_page
from acterm.viewers.pictures_inside import pictures_of, take
from acterm.viewers.symbols import shown_symbols
from acterm.viewers.view import Member, View
from acterm.viewers.word_marks import edge, readable
from acterm.viewers.xmltree import optional

# The library keeps a tree in memory, twenty times as large as the text and its marks.
MAX_TEXT = 8 << 20
_MAIN = "word/document.xml"
_BACK = re.compile(r'\s*<a href="#(?:footnote|endnote|comment)-ref-[^"]*">↑</a>')
_INSIDE = re.compile(r'<a href="#[^"]*"[^>]*>([^<]*)</a>')
_CHECKED = re.compile(r'<input( checked="checked")? type="checkbox" />')
_NOTES = re.compile(r'<ol><li id="(?:footnote|endnote)-|<dl><dt id="comment-')
_REMARK = re.compile(r'<dt id="comment-[^"]*">Comment \[(.*?)\]</dt><dd><p>')


def view(asked: Asked) -> View:
    """The text with its headings, lists, tables, formulas, notes and remarks; pictures are named.

    Nothing is followed or computed. What stands on top of each page stands on top once.
    """
    package = checked(asked.data)
    notes = [macro_note(package)]
    if sum(part.file_size for part in package.infolist() if _is_text(part.filename)) > MAX_TEXT:
        raise BadData(_("It is too large to be shown here."))
    data, changes = readable(package, _MAIN) if _MAIN in package.namelist() else (asked.data, 0)
    notes.append(changes_note(changes))
    head, foot = ("".join(_edges(package, name)) for name in ("header", "footer"))
    source = on_paper(head, _html(data or asked.data), foot)
    lines, cut = read_page(clean(shown_symbols(source)), asked.width)
    notes.append("" if lines else _("This document has no text."))
    words = " ".join(filter(None, notes))
    return View(lines, words, cut=cut, entries=pictures_of(package))


def member(asked: Asked, number: int) -> Member:
    """One of its pictures."""
    return take(asked, number)


def _is_text(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _html(data: bytes) -> str:
    import mammoth

    made = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map="comment-reference => sup",
        convert_image=mammoth.images.img_element(lambda _picture: {"src": "cid:"}),
        include_embedded_style_map=False,
        external_file_access=False,
    )
    source = made.value.replace("<table>", "<table border=1>")  # its columns mean something
    source = _CHECKED.sub(lambda box: "☒ " if box[1] else "☐ ", source)
    source = _NOTES.sub(lambda first: f"<hr>{first[0]}", _BACK.sub("", source), count=1)
    source = _REMARK.sub(lambda mark: f"<dd><p>{remark(mark[1])}", source)
    return _INSIDE.sub(r"\1", source)


def _edges(package: ZipFile, name: str) -> Iterator[str]:
    """The paragraphs that pages have on top or at the bottom, those alike once."""
    parts = (one for one in package.namelist() if re.fullmatch(rf"word/{name}\d*\.xml", one))
    roots = (optional(package, part) for part in sorted(parts))
    found = (words for root in roots if root is not None for words in edge(root))
    return (f"<p>{words}</p>" for words in dict.fromkeys(found))
