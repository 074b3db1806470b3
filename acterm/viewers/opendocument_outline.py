"""Numbers that an OpenDocument gives to its headings (ODF 1.3, part 3, §5.1.2, §16.34)."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from acterm.viewers.word_numbers import written
from acterm.viewers.xmltree import attribute, local

_LEVELS = 10
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class Outline:
    """Counts the headings of a document as they come."""

    def __init__(self, styles: Sequence[Element]) -> None:
        self._levels = {
            attribute(level, "level"): level
            for root in styles
            for style in root.iter()
            if local(style) == "outline-style"
            for level in style
        }
        self._counts = [0] * _LEVELS

    def label(self, heading: Element) -> str:
        """The number of the next heading, « I.2 »; empty for one without."""
        told = attribute(heading, "outline-level")
        style = self._levels.get(told)
        if style is None or not told.isdigit() or not 1 <= int(told) <= _LEVELS:
            return ""
        level = int(told)
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (_LEVELS - level)
        if not attribute(style, "num-format") or attribute(heading, "is-list-header") == "true":
            return ""
        shown = attribute(style, "display-levels")
        first = max(level - int(shown) if shown.isdigit() else level - 1, 0)
        numbers = filter(None, (self._number(at) for at in range(first + 1, level + 1)))
        return attribute(style, "num-prefix") + ".".join(numbers) + attribute(style, "num-suffix")

    def _number(self, level: int) -> str:
        style = self._levels.get(str(level))
        form = attribute(style, "num-format") if style is not None else ""
        return written(max(self._counts[level - 1], 1), _FORMS.get(form, form)) if form else ""
