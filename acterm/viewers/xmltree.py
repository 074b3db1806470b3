"""XML of office documents, read without entities or anything from outside."""

import pyexpat
import zlib
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, XMLPullParser
from zipfile import BadZipFile, ZipFile

from acterm.errors import BadData
from acterm.i18n import _
from acterm.viewers.packages import read

# Older ones let a few lines of entities grow into gigabytes.
_SAFE_EXPAT = (2, 4, 1)
_CHUNK = 1 << 16
_MOST_ELEMENTS = 400_000
_MOST_DEPTH = 200


def tree(data: bytes) -> Element:
    """The root element. Raises ValueError for what is no XML, BadData for too much of it."""
    if pyexpat.version_info < _SAFE_EXPAT:
        raise BadData(_("This computer’s XML reader is too old to open it safely."))
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    count = depth = 0
    root: Element | None = None
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
            for event, element in parser.read_events():  # type: ignore[misc] # of other events
                if event == "end":
                    depth -= 1
                    continue
                root = element if root is None and isinstance(element, Element) else root
                count, depth = count + 1, depth + 1
                if count > _MOST_ELEMENTS or depth > _MOST_DEPTH:
                    raise BadData(_("It is too large to be shown here."))
        parser.close()
    except ElementTree.ParseError as problem:
        raise ValueError(str(problem)) from problem
    if root is None:
        raise ValueError("empty")
    return root


def optional(package: ZipFile, name: str) -> Element | None:
    """A part of a document that it can do without; None where there is none, or a damaged one."""
    if name not in package.namelist():
        return None
    try:
        return tree(read(package, name))
    except (BadZipFile, zlib.error, EOFError, ValueError):
        return None


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace, empty without one."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
