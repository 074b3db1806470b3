"""Parts beside a slide (ECMA-376): its notes, the figures of a chart, the words of a diagram."""

from collections.abc import Iterator, Sequence
from html import escape
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from acterm.i18n import _
from acterm.viewers.relations import relations
from acterm.viewers.sheet_values import in_french
from acterm.viewers.xmltree import attribute, local, optional

_MOST_POINTS = 60
# Points of a diagram that only join others.
_JOINS = ("pres", "parTrans", "sibTrans")


class Beside:
    """The parts that a slide names, by their relation."""

    def __init__(self, package: ZipFile, part: str) -> None:
        self._package = package
        self._targets = relations(package, part)

    def notes(self) -> Element | None:
        """What the speaker notes."""
        found = (at for at, (kind, _path) in self._targets.items() if kind == "notesSlide")
        return self._tree(next(found, ""))

    def pictures(self) -> set[str]:
        """The parts that are pictures of the slide."""
        return {path for kind, path in self._targets.values() if kind == "image"}

    def chart(self, identifier: str) -> str:
        """The figures of a chart as a table, as they were last computed."""
        root = self._tree(identifier)
        words = "<p>" + escape(_("[chart]")) + "</p>"
        return words + "".join(_figures(root)) if root is not None else words

    def diagram(self, identifier: str) -> str:
        """The words of a diagram, one point a line."""
        root = self._tree(identifier)
        points = [one for one in root.iter() if local(one) == "pt"] if root is not None else []
        said = (_words(one) for one in points if attribute(one, "type") not in _JOINS)
        return "<ul>" + "".join(f"<li>{escape(words)}</li>" for words in said if words) + "</ul>"

    def _tree(self, identifier: str) -> Element | None:
        return optional(self._package, self._targets.get(identifier, ("", ""))[1])


def _figures(chart: Element) -> Iterator[str]:
    """Names across, and for each category the value of every series."""
    series = [one for one in chart.iter() if local(one) == "ser"]
    names = [_points(one, "tx") for one in series]
    values = [
        [in_french(value) for value in _points(one, "val") or _points(one, "yVal")]
        for one in series
    ]
    categories = next(filter(None, (_points(one, "cat") for one in series)), [])
    yield "<table border=1>" + _row(["", *(name[0] if name else "" for name in names)])
    for at in range(min(max(map(len, values), default=0), _MOST_POINTS)):
        yield _row([_at(categories, at), *(_at(value, at) for value in values)])
    yield "</table>"


def _points(series: Element, name: str) -> list[str]:
    """The cached texts of one side of a series."""
    sides = (one for one in series if local(one) == name)
    return [one.text or "" for side in sides for one in side.iter() if local(one) == "v"]


def _at(texts: Sequence[str], at: int) -> str:
    return texts[at] if at < len(texts) else ""


def _row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _words(point: Element) -> str:
    return "".join(one.text or "" for one in point.iter() if local(one) == "t").strip()
