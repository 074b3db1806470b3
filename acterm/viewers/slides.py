"""PowerPoint slides (ECMA-376, PresentationML), one a page, as plain HTML for our own reader."""

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.viewers import packages
from acterm.viewers.apart import spoken
from acterm.viewers.asked import Asked
from acterm.viewers.formula import formula
from acterm.viewers.page import read_page
from acterm.viewers.pictures_inside import pictures_of, take
from acterm.viewers.relations import relations
from acterm.viewers.slide_parts import Beside
from acterm.viewers.symbols import shown_symbols
from acterm.viewers.view import Member, View
from acterm.viewers.xmltree import attribute, local, tree

_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_UNSAID = ("dt", "ftr", "hdr", "sldNum", "sldImg")
# Shapes whose tops differ by less stand side by side: half an inch.
_LINE = 457_200


def view(asked: Asked) -> View:
    """A slide: its title, its text, its tables and figures, and what the speaker notes."""
    package = packages.checked(asked.data)
    paths = _slides(package)
    if not paths:
        raise BadData(_("There is no slide in it."))
    number = min(max(asked.page, 1), len(paths))
    slide = tree(packages.read(package, paths[number - 1]))
    beside = Beside(package, paths[number - 1])
    notes = beside.notes()
    source = "".join(_shapes(slide, beside))
    source += spoken("".join(_shapes(notes, beside))) if notes is not None else ""
    lines, cut = read_page(clean(shown_symbols(source)), asked.width)
    said = (
        packages.macro_note(package),
        _("This slide is hidden from the audience.") if attribute(slide, "show") == "0" else "",
        "" if lines else _("This slide has no text."),
    )
    return View(
        lines,
        " ".join(filter(None, said)),
        cut,
        page=number,
        pages=len(paths),
        entries=pictures_of(package, beside.pictures()),
    )


def member(asked: Asked, number: int) -> Member:
    """One of the pictures."""
    return take(asked, number)


def _slides(package: ZipFile) -> list[str]:
    """The parts of the slides, in the order they are shown."""
    targets = relations(package, _MAIN)
    names = set(package.namelist())
    shown = []
    for one in tree(packages.read(package, _MAIN)).iter():
        if local(one) == "sldId":
            relation = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
            shown.append(targets.get(relation, ("", ""))[1])
    return [path for path in shown if path in names]


def _shapes(element: Element, beside: Beside) -> Iterator[str]:
    """Every shape below an element, in the order a person sees them."""
    for shape in sorted(element, key=_place) if local(element) == "spTree" else element:
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
        elif name == "chart":
            yield beside.chart(attribute(shape, "id"))
        elif name == "relIds":
            yield beside.diagram(attribute(shape, "dm"))
        elif name not in ("timing", "transition", "extLst", "nvGrpSpPr", "Fallback"):
            yield from _shapes(shape, beside)


def _place(shape: Element) -> tuple[int, int, int]:
    """Titles first, then what its layout places, then by where it stands, line by line."""
    if _kind(shape) in _TITLES:
        return (0, 0, 0)
    corner = next((one for one in shape.iter() if local(one) == "off"), None)
    if corner is None:
        return (1, 0, 0)
    across, down = (int(float(attribute(corner, axis) or 0)) for axis in "xy")
    return (2, down // _LINE, across)


def _kind(shape: Element) -> str | None:
    """What a text of the slide is for; empty for any text of its layout, None for others."""
    place = next((one for one in shape.iter() if local(one) == "ph"), None)
    return None if place is None else attribute(place, "type")


def _text_shape(shape: Element) -> Iterator[str]:
    kind = _kind(shape)
    if kind in _UNSAID:
        return
    paragraphs = [one for one in shape.iter() if local(one) == "p"]
    if kind in _TITLES:
        yield f"<h2>{' '.join(map(_words, paragraphs))}</h2>"
        return
    for paragraph in paragraphs:
        words = _words(paragraph)
        bulleted = kind in ("", "body", "obj")
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
        elif local(run) in ("m", "AlternateContent"):
            pieces.append(escape(formula(run)))
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
