"""The place of the open mail: a hint until one is opened, then the reader."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from acterm.i18n import _
from acterm.ui import command
from acterm.ui.keys import keyboard_of

if TYPE_CHECKING:
    from acterm.ui.widgets.reader import Reader


class ReaderPane(Container):
    """Makes the reader when the first mail is opened: its libraries are not for the first paint."""

    DEFAULT_CSS = """
    ReaderPane { background: $background; }
    ReaderPane > .hint { color: $dim; padding: 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.shown = 0
        self._reader: Reader | None = None

    @property
    def reader(self) -> "Reader | None":
        """The reader, once there is one."""
        return self._reader

    def compose(self) -> ComposeResult:
        """Only the hint."""
        key = keyboard_of(self).shown(command.named("open"))
        yield Static(Content(_("{key} opens the mail.").format(key=key)), classes="hint")

    async def show(self, mail: int) -> "Reader":
        """Show a mail; returns the reader, for the keys."""
        if self._reader is None:
            from acterm.ui.widgets.reader import Reader

            self._reader = Reader()
            await self.query(".hint").remove()
            await self.mount(self._reader)
        self.shown = mail
        self._reader.show(mail)
        return self._reader

    def clear(self) -> None:
        """Nothing is open."""
        self.shown = 0
        if self._reader:
            self._reader.clear()
