"""One attachment as text in the terminal."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from textual import getters
from textual.events import Resize
from textual.message import Message
from textual.widget import Widget

from acterm.i18n import _
from acterm.mail.message import Attachment, Line
from acterm.mail.size import size_words, type_words
from acterm.ui import outside
from acterm.ui.command import Command, Place
from acterm.ui.errors import guarded
from acterm.ui.glyphs import marks
from acterm.ui.screens.panel import Panel
from acterm.ui.widgets.text_view import TextView
from acterm.viewers import View, view
from acterm.viewers.saving import save

Save = Callable[[Attachment, bytes], None]


class AttachmentView(Panel):
    """What the viewer makes of it, in a thread of its own: a large table takes its time."""

    places = (Place.ATTACHMENTS, Place.OUTBOX)
    DEFAULT_CSS = "AttachmentView TextView { height: 1fr; }"
    text = getters.query_one(TextView)

    @dataclass
    class Viewed(Message):
        """The viewer is done for a width."""

        width: int
        view: View

    def __init__(self, item: Attachment, data: bytes, save_it: Save) -> None:
        super().__init__()
        self._item = item
        self._data = data
        self._save_it = save_it
        self._width = 0

    def title_words(self) -> str:
        """Its name, type and size."""
        words = (self._item.name, type_words(self._item.type), size_words(self._item.size))
        return f" {marks.dot} ".join(word for word in words if word)

    def compose_inside(self) -> Iterator[Widget]:
        """Its lines."""
        yield TextView([Line(_("Opening {name}…").format(name=self._item.name))])

    def can(self, command: type[Command]) -> bool:
        """Where there is one, there are not all."""
        return command.name != "save_all_attachments" and super().can(command)

    def on_mount(self) -> None:
        """The keys scroll."""
        self.text.focus()

    def on_resize(self, event: Resize) -> None:
        """Lay it out for the width there is."""
        if event.size.width != self._width:
            self._width = event.size.width
            threading.Thread(target=self._view, args=(self._width,), daemon=True).start()

    def _view(self, width: int) -> None:
        with guarded(lambda words: self._tell_viewed(width, View((Line(words),)))):
            self._tell_viewed(width, view(self._data, self._item.name, self._item.type, width - 2))

    def _tell_viewed(self, width: int, shown: View) -> None:
        self.post_message(self.Viewed(width, shown))

    def on_attachment_view_viewed(self, message: Viewed) -> None:
        """Show the lines, and say what is not shown."""
        if message.width == self._width:
            self.text.show(message.view.lines)
            if message.view.note:
                self.acterm.tell(message.view.note, 15)

    def action_save_attachment(self) -> None:
        """Under a safe name, in the folder."""
        self._save_it(self._item, self._data)

    def action_open_outside(self) -> None:
        """In the computer's own program."""
        self.acterm.tell(open_outside(self._item, self._data))


def open_outside(item: Attachment, data: bytes) -> str:
    """Open it in the computer's own program; returns what to say. Raises ActermError."""
    outside.need_a_desktop()
    outside.open_file(save(data, outside.opened_folder(), item.name, item.number))
    return _("Opened outside: {name}").format(name=item.name)
