"""Lines of text that scroll: an attachment, a QR code."""

from collections.abc import Sequence

from acterm.mail.message import Line
from acterm.ui.cells import fit
from acterm.ui.widgets.line_list import LineList, Part


class TextView(LineList):
    """A list whose lines are text; the cursor line is drawn as the others."""

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = lines

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def show(self, lines: Sequence[Line]) -> None:
        """Other lines, from the top."""
        self._lines = lines
        self.cursor = 0
        self.changed()

    def parts(self, index: int, width: int) -> list[Part]:
        """The text as it is."""
        return [(fit(f" {self._lines[index].text}", width), "")]
