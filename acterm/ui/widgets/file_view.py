"""An attachment as lines and half blocks: it scrolls, sideways where a table is wide."""

from collections.abc import Sequence

from rich.color import Color
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.geometry import Size
from textual.strip import Strip

from acterm.mail.cells import cells
from acterm.mail.message import Line
from acterm.mail.text.page import Block, PageLine
from acterm.ui.widgets.page_view import PageView
from acterm.viewers import View
from acterm.viewers.terminal_picture import Run

_STEP = 12


class FileView(PageView):
    """The lines of a `View`, then the rows of its picture. The names of columns stay on top."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Sequence[Run]] = ()
        self._left = 0
        self._widest = 0
        self._head = 0

    def show(self, view: View, rows: Sequence[Sequence[Run]] = ()) -> None:
        """Show it; the place sideways and down begins anew."""
        self._rows, self._left = rows, 0
        self._head = view.head if view.wide else 0
        self._widest = max((cells(line.text) for line in view.lines), default=0) if view.wide else 0
        lines = [PageLine(Block.BODY, line) for line in view.lines]
        if lines and rows:
            lines.append(PageLine(Block.BODY, Line("")))
        self.take(lines)
        self.virtual_size = Size(self.size.width, max(1, len(lines) + len(rows)))
        self.go(0)

    def say(self, words: str) -> None:
        """Only a sentence."""
        self.show(View((Line(words),)))

    @property
    def is_wide(self) -> bool:
        """Whether there is something to the left or right of what is seen."""
        return self._widest > self.size.width - 1 > 0

    def render_line(self, y: int) -> Strip:
        """A line of the text, or a row of the picture."""
        at = y if y < self._head else y + self.scroll_offset.y
        row = at - len(self.page_lines)
        if 0 <= row < len(self._rows):
            return self._pictured(self._rows[row])
        if at >= len(self.page_lines):
            return Strip.blank(self.size.width, self.rich_style)
        return self.drawn(self.page_lines[at])

    def drawn(self, entry: PageLine, hint: str = "") -> Strip:
        """A line, from the column on that is the first one seen."""
        if not self._left:
            return super().drawn(entry, hint)
        width = self.size.width
        base = self.rich_style
        whole = Strip([Segment(" ", base), *self._segments(entry, base)])
        shown = whole.crop(self._left, self._left + width)
        gap = Segment(" " * (width - shown.cell_length), base)
        return Strip([*shown, gap], width)

    def _pictured(self, runs: Sequence[Run]) -> Strip:
        base = self.rich_style
        segments = [Segment(" ", base)]
        for run in runs:
            front, behind = Color.from_rgb(*run.foreground), Color.from_rgb(*run.background)
            segments.append(Segment(run.text, RichStyle(color=front, bgcolor=behind)))
        drawn = Strip(segments)
        gap = Segment(" " * max(0, self.size.width - drawn.cell_length), base)
        return Strip([*drawn, gap]).crop(0, self.size.width)

    def sideways(self, step: int) -> None:
        """Some columns to the right, or back."""
        last = max(0, self._widest + 2 - self.size.width)
        left = max(0, min(self._left + step * _STEP, last))
        if left != self._left:
            self._left = left
            self.refresh()
