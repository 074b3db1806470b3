"""Lines of text that scroll: an attachment, a QR code."""

from collections.abc import Sequence

from acterm.mail.message import Line
from acterm.mail.text.page import Block, PageLine
from acterm.ui.widgets.page_view import PageView


class TextView(PageView):
    """Shows lines as the text of a mail is shown."""

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = lines

    def on_mount(self) -> None:
        """Show what it was made with."""
        self.show(self._shown)

    def show(self, lines: Sequence[Line]) -> None:
        """Other lines."""
        self.take([PageLine(Block.BODY, line) for line in lines])
