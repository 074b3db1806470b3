"""Text that wraps as French does: no line begins with « ; » or « : », lists hang."""

import re

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from acterm.mail.cells import breaks

# What is indented stays so; what follows a list's mark or a label in a column hangs behind it.
_HANGING = re.compile(r" *(?:[·•–✓✗-] |\d+\. |!! |\S.{0,28}?  +)?")


class Sentences(Widget):
    """Lines of our own words; empty, it takes no room."""

    DEFAULT_CSS = """
    Sentences { height: auto; width: 100%; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._words = ""

    def say(self, words: str) -> None:
        """Other words."""
        self.display = bool(words)
        if words != self._words:
            self._words = words
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words need (Textual's own name)."""
        del container, viewport
        return len(wrapped(self._words, width))

    def render(self) -> RenderResult:
        """The words, wrapped."""
        return Content("\n".join(wrapped(self._words, self.size.width)))


def wrapped(words: str, width: int) -> list[str]:
    """The lines of some words in `width` cells."""
    return [part for line in words.split("\n") for part in _wrapped_line(line, width)]


def _wrapped_line(line: str, width: int) -> list[str]:
    mark = _HANGING.match(line)
    hang = mark.end() if mark and mark.end() < width // 2 else 0
    ranges = breaks(line, width)
    if len(ranges) == 1 or not hang:
        return [line[start:end] for start, end in ranges]
    first, rest = line[: ranges[0][1]], line[ranges[0][1] :].lstrip(" ")
    return [first, *(" " * hang + rest[a:b] for a, b in breaks(rest, width - hang))]
