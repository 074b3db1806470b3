"""What the reader of Word documents leaves out (ECMA-376, WordprocessingML), put into words."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from acterm.viewers.formula import formula
from acterm.viewers.packages import read
from acterm.viewers.word_numbers import labels
from acterm.viewers.xmltree import attribute, local, optional, tree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = ("ins", "del", "moveFrom")
_NO = ("0", "false", "off")


def readable(package: zipfile.ZipFile, main: str) -> tuple[bytes, int]:
    """The document with formulas and the numbers of its headings as text, without hidden words.

    Also how often it was changed.

    No bytes when it may stay as it is.
    """
    root = tree(read(package, main))
    changes = _changes(root)
    touched = [_touch(parent) for parent in list(root.iter())]
    beside = (optional(package, f"word/{name}.xml") for name in ("numbering", "styles"))
    for heading, number in labels(root, *beside):
        heading.insert(_after_look(heading), _run(f"{number} "))
        touched.append(True)
    names = [name for name in package.namelist() if _is_text(name) and name != main]
    parts = {name: data for name in names if (data := _part(package, name)) is not None}
    changed = any(touched) or len(parts) < len(names)
    return (_repacked(parts, main, root) if changed else b""), changes


def edge(root: Element) -> Iterator[str]:
    """The paragraphs on top or at the bottom of a page, as HTML; not the number of the page."""
    for paragraph in root.iter(f"{_WORD}p"):
        pieces = (
            " " if local(one) == "tab" else escape(one.text or "")
            for one in paragraph.iter()
            if local(one) in ("t", "tab")
        )
        words = " ".join("".join(pieces).split())
        if words and not words.isdigit():
            yield words


def _changes(root: Element) -> int:
    """How many words or paragraphs are marked as added or taken away; neighbours count once."""
    marked = ("r", "moveFrom", "p")
    return sum(
        local(one) in _CHANGES and any(local(inner) in marked for inner in one)
        for one in root.iter()
    )


def _touch(parent: Element) -> bool:
    """Formulas and hidden runs just below an element; whether there were any."""
    touched = False
    for at, child in enumerate(list(parent)):
        name = local(child)
        if name in ("oMath", "oMathPara"):
            parent[at] = _run(formula(child))
            touched = True
        elif name == "r" and _is_hidden(child):
            parent[at] = _run("")
            touched = True
    return touched


def _after_look(paragraph: Element) -> int:
    return int(len(paragraph) > 0 and local(paragraph[0]) == "pPr")


def _run(words: str) -> Element:
    run = Element(f"{_WORD}r")
    text = ElementTree.SubElement(run, f"{_WORD}t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _is_hidden(run: Element) -> bool:
    return any(
        local(look) == "vanish" and attribute(look, "val") not in _NO
        for properties in run
        if local(properties) == "rPr"
        for look in properties
    )


def _is_text(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """A part; None for a damaged one, which a document may well do without."""
    try:
        return read(package, name)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return None


def _repacked(parts: Mapping[str, bytes], main: str, root: Element) -> bytes:
    """A package of these parts and the main one, without its pictures."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
        made.writestr(main, ElementTree.tostring(root))
    return buffer.getvalue()
