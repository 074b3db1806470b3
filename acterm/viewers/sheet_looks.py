"""What a sheet shows where its values alone do not tell: 12,5 %, 45,00 €, #DIV/0!.

The library gives values without their formats, and leaves out errors.
"""

import re
from collections.abc import Iterator, Mapping
from zipfile import ZipFile

from acterm.viewers.asked import MAX_BYTES
from acterm.viewers.columns import MAX_COLUMNS, MAX_ROWS
from acterm.viewers.packages import read
from acterm.viewers.relations import relations
from acterm.viewers.sheet_values import in_french
from acterm.viewers.xmltree import attribute, local, tree

Place = tuple[int, int]

_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'\b([rst])="([^"]*)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
_PLACE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
# The formats that have a number and no words (ECMA-376, part 1, §18.8.30).
_KNOWN = {"2": "0.00", "4": "#,##0.00", "9": "0%", "10": "0.00%"}
_UNSHOWN = re.compile(r"\[[^]]*\]|\\|\"|_.|\*.")
_NUMBER = re.compile(r"[#0,]*0(?:\.(0+))?")
_SIGNS = "€$£"


def looks(package: ZipFile, sheet: str) -> tuple[Mapping[Place, str], int]:
    """What cells show, by row and column from 0; and how many were never computed."""
    part = _part(package, sheet)
    if not part:
        return {}, 0
    formats = _formats(package)
    shown: dict[Place, str] = {}
    missing = 0
    with package.open(part) as file:
        source = file.read(MAX_BYTES)
    for place, style, kind, inside in _cells(source):
        value = _VALUE.search(inside)
        missing += value is None and b"<f" in inside
        if value is None or place[1] >= MAX_COLUMNS:
            continue
        words = value[1].decode("utf-8", "replace")
        if kind == "e":
            shown[place] = words
        elif kind in ("", "n") and style in formats:
            shown[place] = formatted(float(words), formats[style])
    return shown, missing


def formatted(value: float, code: str) -> str:
    """A number in a format of spreadsheets: its decimals, its percent or currency sign."""
    found = _NUMBER.search(code)
    assert found is not None  # noqa: S101 (only such formats are kept)
    percent = "%" in code
    text = f"{value * (100 if percent else 1):,.{len(found[1] or '')}f}"
    text = in_french(text.replace(",", "\u202f" if "," in found[0] else ""))
    sign = "%" if percent else next((one for one in _SIGNS if one in code), "")
    return f"{text}\u00a0{sign}" if sign else text


def _part(package: ZipFile, sheet: str) -> str:
    """Where a sheet stands, empty when it cannot be told."""
    targets = relations(package, _BOOK)
    for one in tree(read(package, _BOOK)).iter() if _BOOK in package.namelist() else ():
        if local(one) == "sheet" and attribute(one, "name") == sheet:
            identifier = next((v for key, v in one.attrib.items() if key.endswith("}id")), "")
            path = targets.get(identifier, ("", ""))[1]
            return path if path in package.namelist() else ""
    return ""


def _formats(package: ZipFile) -> Mapping[str, str]:
    """The formats of numbers by the style that uses them, only those that say more than digits."""
    if _STYLES not in package.namelist():
        return {}
    root = tree(read(package, _STYLES))
    named = {
        attribute(one, "numFmtId"): _UNSHOWN.sub("", attribute(one, "formatCode").split(";")[0])
        for one in root.iter()
        if local(one) == "numFmt"
    }
    styles = next((one for one in root if local(one) == "cellXfs"), ())
    codes = ((_KNOWN | named).get(attribute(one, "numFmtId"), "") for one in styles)
    return {str(at): code for at, code in enumerate(codes) if _says_more(code)}


def _says_more(code: str) -> bool:
    """Whether a format is of a number, with decimals or a sign."""
    plain = not re.search(r"[dmyhsE@?/]|General", code.replace("Red", ""))
    return plain and bool(re.search(r"\.0|[%€$£]", code)) and bool(_NUMBER.search(code))


def _cells(source: bytes) -> Iterator[tuple[Place, str, str, bytes]]:
    """Place, style, type and content of each cell of the rows that are shown."""
    for found in _CELL.finditer(source):
        told: dict[bytes, bytes] = dict(_ATTRIBUTE.findall(found[1]))
        place = _PLACE.fullmatch(told.get(b"r", b""))
        if place is None:
            continue
        row = int(place[2]) - 1
        if row > MAX_ROWS:
            return
        style, kind = (told.get(name, b"").decode("ascii", "replace") for name in (b"s", b"t"))
        yield (row, _column(place[1])), style, kind, found[2] or b""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1
