"""A screen that paints no more than what changed when a pane comes, goes or gets the keys."""

from textual._compositor import CompositorMap
from textual.geometry import Size
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget


class SparingScreen(Screen[None]):
    """Its widgets paint their own focus; Textual would paint the whole screen."""

    focused = reactive[Widget | None](None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._laid: CompositorMap | None = None

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out (Textual's own), compared with the last layout: a map that a question for a
        size made since then would hide what has to be painted.
        """
        self._compositor._full_map = self._laid or self._compositor._full_map
        super()._refresh_layout(size, scroll)
        self._laid = self._compositor._full_map
