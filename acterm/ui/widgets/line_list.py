"""A list with a cursor: draws only what it shows, repaints only the lines that change."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from acterm.ui.cells import fit
from acterm.ui.command import Command, Place
from acterm.ui.keys import Keyed
from acterm.ui.widgets.changed_lines import ChangedLines

_CONTEXT = 2  # lines that stay in view when the cursor runs off the page

Part = tuple[str, str]
"""A run of text and the component class that styles it, empty for the line's own style."""


class LineList(Keyed, ChangedLines, ScrollView, can_focus=True):
    """Subclasses say how many lines there are (`count`) and draw one (`parts`)."""

    places = (Place.LIST,)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--plain",
        "line--dim",
        "line--strong",
        "line--accent",
        "line--cursor",
        "line--idle",
    }
    DEFAULT_CSS = """
    LineList {
        background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
        & > .line--dim { color: $dim; }
        & > .line--strong { text-style: bold; }
        & > .line--accent { color: $accent; }
        & > .line--cursor { background: $cursor-background; color: $cursor-foreground; }
        & > .line--idle { background: $idle-cursor-background; }
    }
    """
    cursor = reactive(0, repaint=False, init=False)

    @dataclass
    class Moved(Message):
        """The cursor came to another line."""

        list: "LineList"

        @property
        def control(self) -> "LineList":
            """The list, for `@on` selectors."""
            return self.list

    @dataclass
    class Opened(Message):
        """The person opens the line under the cursor."""

        list: "LineList"

        @property
        def control(self) -> "LineList":
            """The list, for `@on` selectors."""
            return self.list

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    @property
    def empty(self) -> str:
        """What an empty list says."""
        return ""

    def parts(self, index: int, width: int) -> list[Part]:
        """The runs of text of a line; together they fill `width` cells."""
        raise NotImplementedError

    def can(self, command: type[Command]) -> bool:
        """There has to be a line to open."""
        return super().can(command) and (command.name != "open" or self.count > 0)

    def changed(self) -> None:
        """Draw anew: the lines are others now."""
        self.measure(max(1, self.count))
        self.set_reactive(LineList.cursor, self._validate_cursor(self.cursor))
        self.refresh()

    def _on_resize(self, _event: events.Resize) -> None:
        self._show_cursor()

    def _validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, self.count - 1))

    def _watch_cursor(self, old: int, new: int) -> None:
        self._show_cursor()
        self.refresh_line(old)
        self.refresh_line(new)
        self.post_message(self.Moved(self))

    def refresh_line(self, y: int) -> None:
        """Repaint one line, when it is in view."""
        top = self.scroll_offset.y
        if top <= y < top + self.size.height:
            self.refresh(Region(0, y - top, self.size.width, 1))

    def line(self, y: int) -> Strip:
        """One line of the window."""
        index = y + self.scroll_offset.y
        width = self.size.width
        plain = self.get_component_rich_style("line--plain")
        if index >= self.count:
            return self._blank(y, width, plain)
        if index != self.cursor:
            return Strip(self._segments(self.parts(index, width), plain), width)
        line = plain + self.get_component_rich_style(
            "line--cursor" if self.has_focus else "line--idle"
        )
        text = "".join(part for part, _style in self.parts(index, width))
        return Strip([Segment(text, line + self.cursor_weight(index))], width)

    def cursor_weight(self, index: int) -> Style:
        """What the line under the cursor keeps of its own style: one run costs fewest bytes."""
        return Style.null()

    def _segments(self, parts: list[Part], plain: Style) -> list[Segment]:
        return [
            Segment(text, self.get_component_rich_style(style) if style else plain)
            for text, style in parts
            if text
        ]

    def _blank(self, y: int, width: int, plain: Style) -> Strip:
        if y == 1 and not self.count and self.empty:
            dim = self.get_component_rich_style("line--dim")
            return Strip([Segment(fit(f"   {self.empty}", width), dim)], width)
        return Strip.blank(width, plain)

    def _show_cursor(self) -> None:
        """Scroll by nearly a page when the cursor leaves the view: a page costs ten moves."""
        height = self.size.height
        top = self.scroll_offset.y
        if not height or top <= self.cursor < top + height:
            return
        down = self.cursor >= top + height
        context = min(_CONTEXT, height - 1)
        self.scroll_top(self.cursor - context if down else self.cursor - height + 1 + context)

    def scroll_top(self, top: int) -> None:
        """Bring a line to the top, as far as the last line allows."""
        last = max(0, self.count - self.size.height)
        self.scroll_to(y=max(0, min(top, last)), animate=False, force=True, immediate=True)

    def action_cursor_down(self) -> None:
        """One line down."""
        self.cursor += 1

    def action_cursor_up(self) -> None:
        """One line up."""
        self.cursor -= 1

    def action_cursor_page_down(self) -> None:
        """A screenful down."""
        self._page(max(1, self.size.height - 1))

    def action_cursor_page_up(self) -> None:
        """A screenful up."""
        self._page(-max(1, self.size.height - 1))

    def _page(self, lines: int) -> None:
        self.scroll_top(self.scroll_offset.y + lines)
        self.cursor += lines

    def action_cursor_first(self) -> None:
        """To the first line."""
        self.cursor = 0

    def action_cursor_last(self) -> None:
        """To the last line."""
        self.cursor = self.count - 1

    def action_open(self) -> None:
        """Tell that the line under the cursor is wanted."""
        if self.count:
            self.post_message(self.Opened(self))

    async def _on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < self.count:
            self.cursor = index
            self.action_open()
