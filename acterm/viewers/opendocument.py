"""OpenDocument texts and slides (ODF 1.3, part 3) as plain HTML for our own reader."""

import re
from functools import partial
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.viewers import packages
from acterm.viewers.apart import at_the_end, changes_note, on_paper, spoken
from acterm.viewers.asked import Asked
from acterm.viewers.opendocument_html import Writer
from acterm.viewers.page import read_page
from acterm.viewers.pictures_inside import pictures_of, take
from acterm.viewers.view import Member, View
from acterm.viewers.xmltree import attribute, local, optional, tree

_LENGTH = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)(cm|mm|in|pt)")
_UNITS = {"mm": 0.1, "in": 2.54, "pt": 2.54 / 72}
# Shapes whose tops differ by less stand side by side.
_LINE = 1.27


def view(asked: Asked) -> View:
    """A text as one page, slides one a page, with their notes."""
    package = packages.checked(asked.data)
    root = tree(_content(package))
    slides = [one for one in root.iter() if local(one) == "page" and "drawing" in str(one.tag)]
    count = max(len(slides), 1)
    number = min(max(asked.page, 1), count)
    styles = optional(package, "styles.xml")
    writer = Writer([root] if styles is None else [root, styles], partial(_embedded, package))
    slide = slides[number - 1] if slides else None
    source = _paper(writer, root, styles) if slide is None else _slide(writer, slide)
    lines, cut = read_page(clean(source), asked.width)
    empty = "" if lines else _("There is no text here.")
    notes = (packages.macro_note(package), changes_note(_changes(root)), empty)
    return View(
        lines,
        " ".join(filter(None, notes)),
        cut,
        page=number,
        pages=count,
        entries=pictures_of(package, _pictures(root if slide is None else slide)),
    )


def member(asked: Asked, number: int) -> Member:
    """One of the pictures."""
    return take(asked, number)


def _paper(writer: Writer, root: Element, styles: Element | None) -> str:
    """A text between what all its pages have on top and below, its notes at the end."""
    head, foot = (_edge(writer, styles, edge) for edge in ("header", "footer"))
    text = on_paper(head, "".join(writer.html(_body(root))), foot)
    return text + at_the_end(writer.notes, writer.remarks)


def _slide(writer: Writer, slide: Element) -> str:
    slide[:] = sorted(slide, key=_place)
    shown = "".join(writer.html(slide)) + _spoken(writer, slide)
    return shown + at_the_end(writer.notes, writer.remarks)


def _pictures(element: Element) -> set[str]:
    """The parts of the document that are shown as pictures."""
    images = (one for one in element.iter() if local(one) == "image")
    return {attribute(one, "href").removeprefix("./") for one in images}


def _place(shape: Element) -> tuple[int, int, float]:
    """Titles first, then by where it stands on the slide, line by line."""
    if attribute(shape, "class") == "title":
        return (0, 0, 0)
    across, down = (_centimetres(attribute(shape, axis)) for axis in "xy")
    return (1, int(down // _LINE), across)


def _centimetres(length: str) -> float:
    """Of a length as ODF 1.3 writes it (§18.3.18); nothing for what is none."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _UNITS.get(found[2], 1) if found else 0


def _spoken(writer: Writer, slide: Element) -> str:
    """What the speaker notes below a slide."""
    notes = next((one for one in slide if local(one) == "notes"), None)
    frames = (one for one in notes if local(one) == "frame") if notes is not None else ()
    return spoken("".join(piece for frame in frames for piece in writer.html(frame)))


def _edge(writer: Writer, styles: Element | None, edge: str) -> str:
    """The head or foot that all pages have."""
    found = () if styles is None else (one for one in styles.iter() if local(one) == edge)
    held = next((one for one in found if "style:" in str(one.tag)), None)
    return "" if held is None else "".join(piece for one in held for piece in writer.html(one))


def _changes(root: Element) -> int:
    return sum(local(one) == "changed-region" for one in root.iter())


def _embedded(package: ZipFile, path: str) -> Element | None:
    """The content of an object in the document; None where there is none."""
    return optional(package, path.removeprefix("./").rstrip("/") + "/content.xml")


def _content(package: ZipFile) -> bytes:
    if "META-INF/manifest.xml" in package.namelist() and b":encryption-data" in packages.read(
        package, "META-INF/manifest.xml"
    ):
        words = _("This document is locked by a password: only its own program opens it.")
        raise BadData(words)
    return packages.read(package, "content.xml")


def _body(root: Element) -> Element:
    return next((one for one in root if local(one) == "body"), root)
