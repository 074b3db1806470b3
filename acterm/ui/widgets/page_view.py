"""Lines of styled text that scroll: what the reader, an attachment and a QR code have in common."""

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from acterm.mail.cells import cells
from acterm.mail.message import Style
from acterm.mail.text.page import Block, PageLine
from acterm.ui.command import Place
from acterm.ui.glyphs import marks
from acterm.ui.keys import Keyed

_STYLES = {
    Style.BOLD: "page--bold",
    Style.ITALIC: "page--italic",
    Style.STRUCK: "page--struck",
    Style.CODE: "page--code",
    Style.HEADING: "page--heading",
    Style.LINK: "page--link",
    Style.IMAGE: "page--note",
    Style.RULE: "page--rule",
}


class PageView(Keyed, ScrollView, can_focus=True):
    """Draws only the lines in view (Textual's line API)."""

    places: ClassVar[tuple[Place, ...]] = (Place.READER,)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"page--{block}" for block in Block),
        *_STYLES.values(),
        "page--quote",
        "page--deep",
        "page--key",
    }
    DEFAULT_CSS = """
    PageView {
        background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
        & > .page--subject { text-style: bold; color: $foreground; }
        & > .page--header { color: $dim; }
        & > .page--suspect { color: $error; text-style: bold; }
        & > .page--verify { color: $warning; text-style: bold; }
        & > .page--note { color: $dim; }
        & > .page--link { color: $accent; }
        & > .page--attachment { color: $accent; text-style: bold; }
        & > .page--quote { color: $dim; }
        & > .page--deep { color: $dim; text-style: italic; }
        & > .page--bold { text-style: bold; }
        & > .page--italic { text-style: italic; }
        & > .page--struck { text-style: strike; }
        & > .page--code { color: $success; }
        & > .page--heading { text-style: bold; color: $accent; }
        & > .page--rule { color: $rule; }
        & > .page--key { color: $dim; text-style: not bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.page_lines: Sequence[PageLine] = ()

    def take(self, lines: Sequence[PageLine]) -> None:
        """Show these lines."""
        self.page_lines = lines
        self.virtual_size = Size(self.size.width, max(1, len(lines)))
        self.refresh()

    def words(self) -> str:
        """The text of all lines."""
        return "\n".join(entry.line.text for entry in self.page_lines)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        at = y + self.scroll_offset.y
        if at >= len(self.page_lines):
            return Strip.blank(self.size.width, self.rich_style)
        return self.drawn(self.page_lines[at], self.hint_at(at))

    def hint_at(self, at: int) -> str:
        """What stands at the right end of a line of the page: a key and what it does."""
        del at
        return ""

    def drawn(self, entry: PageLine, hint: str = "") -> Strip:
        """A line as wide as the window, the hint at its right end; … where a line is cut."""
        width = self.size.width
        base = self.rich_style + self._style(_line_class(entry))
        margin = " " if entry.block is Block.BODY else ""
        room = width - cells(hint) - 2 if hint else width
        words = Strip([Segment(margin, base), *self._segments(entry, base)])
        if words.cell_length > room:
            words = Strip([*words.crop(0, room - 1), Segment(marks.cut, base)])
        gap = Segment(" " * (width - words.cell_length - (cells(hint) + 1 if hint else 0)), base)
        if not hint:
            return Strip([*words, gap], width)
        key = self.rich_style + self._style("page--key")
        return Strip([*words, gap, Segment(f"{hint} ", key)], width)

    def _style(self, name: str) -> RichStyle:
        return self.get_component_rich_style(name, partial=True)

    def _segments(self, entry: PageLine, base: RichStyle) -> list[Segment]:
        text, spans = entry.line.text, entry.line.spans
        if not spans:
            return [Segment(text, base)]
        edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
        segments = []
        for start, end in pairwise(edges):
            style = base
            for span in spans:
                if span.start <= start and end <= span.end:
                    style = style + self._style(_STYLES[span.style])
            segments.append(Segment(text[start:end], style))
        return segments

    # Scrolling

    @property
    def step(self) -> int:
        """How many lines a page goes on: one line stays for the eye."""
        return max(1, self.size.height - 1)

    def go(self, top: float) -> None:
        """Bring a line to the top."""
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def action_scroll_down(self) -> None:
        """One line down."""
        self.go(self.scroll_offset.y + 1)

    def action_scroll_up(self) -> None:
        """One line up."""
        self.go(self.scroll_offset.y - 1)

    def action_page_down(self) -> None:
        """A page down."""
        self.go(self.scroll_offset.y + self.step)

    def action_page_up(self) -> None:
        """A page up."""
        self.go(self.scroll_offset.y - self.step)

    def action_scroll_home(self) -> None:
        """To the top."""
        self.go(0)

    def action_scroll_end(self) -> None:
        """To the end."""
        self.go(self.max_scroll_y)

    def action_read_on(self) -> None:
        """A page down."""
        self.action_page_down()


def _line_class(entry: PageLine) -> str:
    if entry.line.quote:
        return "page--quote" if entry.line.quote == 1 else "page--deep"
    return f"page--{entry.block}"
