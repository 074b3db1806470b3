"""An attachment as lines and half blocks: it scrolls, sideways where a table is wide."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.color import Color
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from acterm.mail.cells import cells
from acterm.mail.message import Line
from acterm.mail.text.page import Block, PageLine
from acterm.ui.glyphs import marks
from acterm.ui.widgets.page_view import PageView
from acterm.ui.widgets.table_columns import column_starts
from acterm.viewers import View
from acterm.viewers.terminal_picture import Run

_STEP = 12


class FileView(PageView):
    """The lines of a `View`, then the rows of its picture.

    Of a wide table the names of columns stay on top, and its first column where there is room.
    """

    @dataclass
    class PastEnd(Message):
        """The person reads on, and this was the end."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Sequence[Run]] = ()
        self._left = 0
        self._widest = 0
        self._head = 0
        self._columns: tuple[int, ...] = ()

    def show(self, view: View, rows: Sequence[Sequence[Run]] = (), *, stay: bool = False) -> None:
        """Show it from its beginning, or where one was, with `stay` for the same in other lines."""
        read = self.scroll_offset.y / max(1, self.virtual_size.height) if stay else 0.0
        self._rows, self._left = rows, self._left if stay else 0
        self._head = view.head if view.wide else 0
        texts = [line.text for line in view.lines] if view.wide else []
        self._widest = max(map(cells, texts), default=0)
        self._columns = column_starts(texts)
        lines = [PageLine(Block.BODY, line) for line in view.lines]
        if lines and rows:
            lines.append(PageLine(Block.BODY, Line("")))
        self.take(lines)
        self.virtual_size = Size(self.size.width, max(1, len(lines) + len(rows)))
        self._go_sideways(self._left)
        self.go(round(read * self.virtual_size.height))

    def say(self, words: str) -> None:
        """Only a sentence."""
        self.show(View((Line(words),)))

    @property
    def is_wide(self) -> bool:
        """Whether there is something to the left or right of what is seen."""
        return self._widest > self.size.width - 1 > 0

    @property
    def step(self) -> int:
        """How many lines a page goes on: what stays on top hides as many."""
        return max(1, super().step - self._head)

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
        width, kept = self.size.width, self._kept
        base = self.rich_style
        whole = Strip([Segment(" ", base), *self._segments(entry, base)])
        end = self._left + width
        more = whole.cell_length > end
        shown = [*whole.crop(0, kept), *whole.crop(kept + self._left, end - more)]
        rest = marks.cut if more else " " * (width - Strip(shown).cell_length)
        return Strip([*shown, Segment(rest, base)], width)

    def _pictured(self, runs: Sequence[Run]) -> Strip:
        base = self.rich_style
        segments = [Segment(" ", base)]
        for run in runs:
            front, behind = Color.from_rgb(*run.foreground), Color.from_rgb(*run.background)
            segments.append(Segment(run.text, RichStyle(color=front, bgcolor=behind)))
        drawn = Strip(segments)
        gap = Segment(" " * max(0, self.size.width - drawn.cell_length), base)
        return Strip([*drawn, gap]).crop(0, self.size.width)

    @property
    def _kept(self) -> int:
        """The cells on the left that stay: those of the first column, unless it is broad."""
        second = self._columns[1] if len(self._columns) > 2 else 0
        return second + 1 if second <= self.size.width // 3 else 0

    def sideways(self, step: int) -> None:
        """A column to the right (1), or back (-1)."""
        room = max(1, self.size.width - self._kept - 1)
        begins = [at - max(0, self._kept - 1) for at in self._columns]
        if step > 0:
            following = min((at for at in begins if at > self._left), default=self._left + _STEP)
            self._go_sideways(min(following, self._left + room))
        else:
            before = max((at for at in begins if 0 <= at < self._left), default=self._left - _STEP)
            self._go_sideways(max(before, self._left - room))

    def _go_sideways(self, left: int) -> None:
        self._left = max(0, min(left, self._widest + 2 - self.size.width))
        self.refresh()

    def action_read_on(self) -> None:
        """A page down; at the end, what comes after."""
        if self.scroll_offset.y >= self.max_scroll_y:
            self.post_message(self.PastEnd())
        else:
            self.action_page_down()
