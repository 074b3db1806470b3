"""Lines that scroll, of which only those that are others now are painted: a slow line shows it."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.scroll_view import ScrollView

    _Base = ScrollView
else:
    _Base = object


class ChangedLines(_Base):
    """Mixed into a ScrollView that draws a line of its window in `line`, and measures its lines.

    The layout never learns how many there are: another number would paint everything anew.
    """

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self.length = 0
        self._painted: dict[int, Strip] = {}

    def line(self, y: int) -> Strip:
        """One line of the window."""
        raise NotImplementedError

    @property
    def size(self) -> Size:
        """The window as the last layout left it (Textual's own name).

        To ask the layout itself may make it forget what it has yet to paint.
        """
        return _inside(self)

    @property
    def room(self) -> Size:
        """The size of the window, or what it will be as soon as it is on screen."""
        around = [node for node in self.ancestors_with_self if isinstance(node, Widget)]
        hidden = max((at for at, node in enumerate(around) if not node.display), default=-1)
        return _inside(next(iter(around[hidden + 1 :]), self))

    @property
    def max_scroll_y(self) -> int:
        """The last line that can be the first in view (Textual's own name)."""
        return max(0, self.length - self.room.height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How high it would like to be (Textual's own name)."""
        del container, viewport, width
        return self.length

    def measure(self, lines: int) -> None:
        """There are so many lines now."""
        if lines != self.length and self.styles.auto_dimensions:
            self.refresh(layout=True)
        self.length = lines
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)

    def render_line(self, y: int) -> Strip:
        """A line on its way to the terminal (Textual's line API)."""
        strip = self._painted[y] = self.line(y)
        return strip

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Ask to be painted (Textual's own name); without regions, the lines that changed.

        Scrolling gives the region of the window: nearly all of its lines are others then.
        """
        if repaint and not self._is_painted():
            self._styles_cache.clear()  # it will be painted once, when it has a place
            repaint = False
        elif repaint and not regions and self.size == self.outer_size:
            self.notify_style_update()  # the focus or another theme may change a line as well
            regions = tuple(self._changed())
            repaint = bool(regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _is_painted(self) -> bool:
        """Whether it is on the terminal; what is hidden is painted anew when it shows again."""
        if not all(node.display for node in self.ancestors_with_self if isinstance(node, Widget)):
            self._painted.clear()
        return bool(self._painted)

    def _exchange_repaint_regions(self) -> Collection[Region]:
        """What is painted (Textual's own): never part of a line, as from before a resize, which
        would cut a wide character in two.
        """
        whole = {self.size.width, self.outer_size.width}
        return [one for one in super()._exchange_repaint_regions() if one.width in whole]

    def _changed(self) -> list[Region]:
        width, height = self.size
        return [
            Region(0, y, width, 1) for y in range(height) if self._painted.get(y) != self.line(y)
        ]


def _inside(node: Widget) -> Size:
    return node.outer_size - node.styles.gutter.totals
