"""What a terminal without room shows until it grows."""

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from acterm.i18n import _

LEAST_WIDTH, LEAST_HEIGHT = 60, 12


def is_too_small(size: Size) -> bool:
    """Whether the screens cannot be drawn in a terminal of this size."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT


class TooSmall(ModalScreen[None]):
    """One sentence."""

    DEFAULT_CSS = """
    TooSmall { background: $background; color: $foreground; }
    """

    def compose(self) -> ComposeResult:
        """How large the terminal must be."""
        words = _("acterm needs {width} columns and {height} lines. Enlarge the window.")
        yield Static(Content(words.format(width=LEAST_WIDTH, height=LEAST_HEIGHT)))
