"""A picture as the terminal itself draws it: kitty's graphics, iTerm2's, sixel."""

from collections.abc import Iterator

from textual.events import Resize
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from acterm.ui.command import Place
from acterm.ui.graphics import Graphics, cell_size, graphics
from acterm.ui.screens.panel import Panel
from acterm.viewers import Picture
from acterm.viewers.terminal_picture import fitted, iterm, kitty, remove, sixel

_NUMBER = 1
_SOON = 0.1


class PictureScreen(Panel):
    """Nothing else is drawn where the picture is, so it stays until one goes back."""

    places = (Place.OUTBOX,)
    DEFAULT_CSS = "PictureScreen #room { height: 1fr; background: $background; }"

    def __init__(self, picture: Picture, title: str) -> None:
        super().__init__()
        self._picture = picture
        self._title = title
        self._drawing: Timer | None = None

    def title_words(self) -> str:
        """The name of the file."""
        return self._title

    def compose_inside(self) -> Iterator[Widget]:
        """Room for the picture."""
        yield Static(id="room")

    def on_resize(self, _event: Resize) -> None:
        """Draw it for the room there is, once the screen itself is drawn."""
        if self._drawing:
            self._drawing.stop()
        self._drawing = self.set_timer(_SOON, self._draw)

    def _draw(self) -> None:
        room = self.query_one("#room").region
        if self.app.screen is self and room.width > 2 and room.height > 1:
            data = pictured(self._picture, graphics(), room.width - 2, room.height)
            self._write(f"\x1b7\x1b[{room.y + 1};{room.x + 2}H".encode() + data + b"\x1b8")

    def on_unmount(self) -> None:
        """The screen below is drawn anew; only kitty keeps pictures apart from the text."""
        if graphics() is Graphics.KITTY:
            self._write(remove(_NUMBER))

    def _write(self, data: bytes) -> None:
        driver = self.app._driver
        if driver is not None:
            driver.write(data.decode("ascii"))


def pictured(picture: Picture, way: Graphics, columns: int, rows: int) -> bytes:
    """The bytes that draw the picture at the cursor, in at most so many cells."""
    cell = cell_size()
    columns, rows = fitted(picture, columns, rows, cell)
    if way is Graphics.KITTY:
        return kitty(picture, columns, rows, number=_NUMBER, cell=cell)
    if way is Graphics.ITERM:
        return iterm(picture, columns, rows, cell=cell)
    return sixel(picture, columns, rows, cell=cell)
