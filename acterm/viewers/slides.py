"""PowerPoint slides (ECMA-376, PresentationML), one a page, as plain HTML for our own reader."""

from collections.abc import Iterator
from html import escape
from posixpath import join, normpath
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

_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_UNSAID = ("dt", "ftr", "sldNum")


def view(asked: Asked) -> View:
    """A slide: its title, its text, its tables; pictures by their description."""
    package = packages.checked(asked.data)
    paths = _slides(package)
    if not paths:
        raise BadData(_("There is no slide in it."))
    number = min(max(asked.page, 1), len(paths))
    source = "".join(_shapes(tree(packages.read(package, paths[number - 1]))))
    lines, cut = read_page(clean(source), asked.width)
    empty = "" if lines else _("This slide has no text.")
    notes = (packages.macro_note(package), empty)
    return View(lines, " ".join(filter(None, notes)), cut, page=number, pages=len(paths))


def _slides(package: ZipFile) -> list[str]:
    """The parts of the slides, in the order they are shown."""
    targets = {
        attribute(one, "Id"): normpath(join("ppt", attribute(one, "Target"))).lstrip("/")
        for one in tree(packages.read(package, "ppt/_rels/presentation.xml.rels"))
        if attribute(one, "TargetMode") != "External"
    }
    names = set(package.namelist())
    shown = []
    for one in tree(packages.read(package, _MAIN)).iter():
        if local(one) == "sldId":
            relation = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
            shown.append(targets.get(relation, ""))
    return [path for path in shown if path in names]


def _shapes(element: Element) -> Iterator[str]:
    """Every shape below an element, in the order of the slide."""
    for shape in element:
        name = local(shape)
        if name == "sp":
            yield from _text_shape(shape)
        elif name == "pic":
            words = next(
                (attribute(one, "descr") for one in shape.iter() if local(one) == "cNvPr"), ""
            )
            yield f'<p><img src="cid:" alt="{escape(words)}"></p>'
        elif name == "tbl":
            yield from _table(shape)
        elif name not in ("timing", "transition", "extLst", "nvGrpSpPr"):
            yield from _shapes(shape)


def _text_shape(shape: Element) -> Iterator[str]:
    place = next((one for one in shape.iter() if local(one) == "ph"), None)
    kind = attribute(place, "type") if place is not None else ""
    if kind in _UNSAID:
        return
    paragraphs = [one for one in shape.iter() if local(one) == "p"]
    if kind in _TITLES:
        yield f"<h2>{' '.join(map(_words, paragraphs))}</h2>"
        return
    for paragraph in paragraphs:
        words = _words(paragraph)
        bulleted = place is not None and kind in ("", "body", "obj")
        if words and bulleted:
            yield from _item(paragraph, words)
        elif words:
            yield f"<p>{words}</p>"


def _item(paragraph: Element, words: str) -> Iterator[str]:
    """A point of a list, as deep as it stands."""
    properties = next((one for one in paragraph if local(one) == "pPr"), None)
    level = attribute(properties, "lvl") if properties is not None else ""
    depth = 1 + min(int(level) if level.isdigit() else 0, 8)
    yield "<ul>" * depth + f"<li>{words}</li>" + "</ul>" * depth


def _table(table: Element) -> Iterator[str]:
    yield "<table border=1>"
    for row in table:
        if local(row) == "tr":
            cells = (one for one in row if local(one) == "tc")
            paragraphs = ([p for p in cell.iter() if local(p) == "p"] for cell in cells)
            yield "<tr>" + "".join(f"<td>{' '.join(map(_words, each))}</td>" for each in paragraphs)
            yield "</tr>"
    yield "</table>"


def _words(paragraph: Element) -> str:
    """The runs of a paragraph, bold and italic as they are."""
    pieces = []
    for run in paragraph:
        if local(run) == "br":
            pieces.append("<br>")
        elif local(run) in ("r", "fld"):
            pieces.append(_run(run))
    return "".join(pieces).strip()


def _run(run: Element) -> str:
    text, tags = "", ""
    for part in run:
        if local(part) == "t":
            text += escape(part.text or "")
        elif local(part) == "rPr":
            tags = "".join(tag for tag in "bi" if attribute(part, tag) in ("1", "true"))
    first = "".join(f"<{tag}>" for tag in tags)
    return first + text + "".join(f"</{tag}>" for tag in tags[::-1]) if text else ""
