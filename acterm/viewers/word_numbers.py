"""Numbers that Word gives to headings by itself (ECMA-376, part 1, §17.9), as words before them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from acterm.viewers.xmltree import attribute, local

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9
_MOST = 1000


@dataclass(frozen=True, slots=True)
class _Level:
    """How the numbers of a level look: « %1.%2 », in digits, letters or Roman ones."""

    form: str
    text: str
    start: int


Lists = Mapping[str, tuple[str, list[_Level]]]


def labels(
    root: Element, numbering: Element | None, styles: Element | None
) -> Iterator[tuple[Element, str]]:
    """The headings of a document that have a number of their own, with it."""
    if numbering is None or styles is None:
        return
    lists = _lists(numbering)
    named = {attribute(one, "styleId"): one for one in styles if local(one) == "style"}
    counts: dict[str, list[int]] = {}
    for paragraph in root.iter():
        if local(paragraph) != "p":
            continue
        number, level, heads = _place(paragraph, named)
        kind, levels = lists.get(number, ("", []))
        if not 0 <= level < len(levels):
            continue
        count = counts.setdefault(kind, [0] * _LEVELS)
        count[level] = count[level] + 1 if count[level] else levels[level].start
        count[level + 1 :] = [0] * (_LEVELS - level - 1)
        label = _label(levels, count, level) if heads else ""
        if label:
            yield paragraph, label


def _lists(numbering: Element) -> Lists:
    """The levels of each list by its number, and which numbers count together."""
    kinds = {
        attribute(one, "abstractNumId"): [_level(level) for level in one if local(level) == "lvl"]
        for one in numbering
        if local(one) == "abstractNum"
    }
    found = {}
    for one in numbering:
        if local(one) == "num":
            kind = _value(one, "abstractNumId")
            found[attribute(one, "numId")] = (kind, kinds.get(kind, [])[:_LEVELS])
    return found


def _level(level: Element) -> _Level:
    start = _value(level, "start")
    return _Level(
        _value(level, "numFmt"),
        _value(level, "lvlText"),
        int(start) if start.isdigit() and len(start) < 5 else 1,
    )


def _place(paragraph: Element, named: Mapping[str, Element]) -> tuple[str, int, bool]:
    """The list and the level of a paragraph, its own or of its style; whether it is a heading."""
    number = level = ""
    heads = False
    owner: Element | None = paragraph
    for _step in range(_LEVELS):
        if owner is None:
            break
        look = next((one for one in owner if local(one) == "pPr"), ())
        for one in look:
            heads = heads or local(one) == "outlineLvl"
            if local(one) == "numPr":
                number = number or _value(one, "numId")
                level = level or _value(one, "ilvl")
        style = _value(owner, "basedOn") if owner is not paragraph else _value(look, "pStyle")
        owner = named.get(style)
    return number, int(level) if level.isdigit() else 0, heads


def _value(element: "Element | tuple[()]", name: str) -> str:
    return next((attribute(one, "val") for one in element if local(one) == name), "")


def _label(levels: list[_Level], count: list[int], level: int) -> str:
    text = levels[level].text
    for at in range(level + 1):
        number = min(count[at] or levels[at].start, _MOST)
        text = text.replace(f"%{at + 1}", written(number, levels[at].form))
    return text if levels[level].form not in ("bullet", "none") else ""


def written(number: int, form: str) -> str:
    """A number in digits, letters or Roman ones."""
    if form in ("lowerLetter", "upperLetter"):
        text = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
    elif form in ("lowerRoman", "upperRoman") and number < 40:
        text = ""
        for worth, sign in _ROMAN:
            text += sign * (number // worth)
            number %= worth
    else:
        return str(number)
    return text.upper() if form.startswith("upper") else text
