"""The attachments of a mail: shown in the terminal, saved under a safe name, opened outside."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from textual import getters
from textual.widget import Widget

from acterm.engine.messages import BodyFailed, FetchPart, PartArrived
from acterm.errors import ActermError
from acterm.i18n import _, ngettext
from acterm.mail.message import Attachment, Message
from acterm.mail.mime import part
from acterm.mail.size import size_words, type_words
from acterm.store import bodies
from acterm.ui import outside
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Place
from acterm.ui.glyphs import marks
from acterm.ui.screens.panel import Panel
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.text_view import TextView
from acterm.viewers import View, view
from acterm.viewers.saving import save

Use = Callable[[Attachment, bytes], None]


class AttachmentsScreen(Panel):
    """An attachment that is not here yet is fetched when something is done with it."""

    places = (Place.ATTACHMENTS, Place.OUTBOX)
    lines = getters.query_one("#attachments", Choices)

    def __init__(self, mail: int, message: Message) -> None:
        super().__init__()
        self._mail = mail
        self._message = message
        self._waiting: dict[str, list[tuple[Attachment, Use]]] = {}
        self._saved: list[Path] = []

    def title_words(self) -> str:
        """What this is."""
        title = _("Attachments")
        return f"{title} {marks.dot} {self._message.subject}"

    def compose_inside(self) -> Iterator[Widget]:
        """One line an attachment."""
        yield Choices[Attachment](empty=_("This mail has no attachment."), id="attachments")

    def on_mount(self) -> None:
        """List them with type and size."""
        self.lines.show(
            [
                Choice(
                    item.name or _("without a name"),
                    f"{type_words(item.type)} {marks.dot} {size_words(item.size)}",
                    item,
                )
                for item in self._message.attachments
            ]
        )
        self.lines.focus()

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Show the attachment under the cursor."""
        self._with_current(self._show)

    def action_save_attachment(self) -> None:
        """Under a safe name, in the downloads."""
        self._saved = []
        self._with_current(self._save)

    def action_save_all_attachments(self) -> None:
        """All of them."""
        self._saved = []
        for item in self._message.attachments:
            self._with(item, self._save)

    def action_open_outside(self) -> None:
        """In the computer's own program."""
        self._with_current(self._open)

    def _with_current(self, use: Use) -> None:
        item = self.lines.current
        if item is not None:
            self._with(item, use)

    def _with(self, item: Attachment, use: Use) -> None:
        """Do it with the bytes, now or when they have come."""
        db = self.acterm.store.reader()
        body = bodies.get(db, self._mail)
        data = bodies.part(db, self._mail, item.section)
        if data is None and body is not None and not body.skeleton:
            data = part(body.source, item.section)
        if data is not None:
            use(item, data)
            return
        self._waiting.setdefault(item.section, []).append((item, use))
        self.acterm.bridge.submit(FetchPart(self._mail, item.section))
        words = _("Fetching {name} ({size})…")
        self.acterm.tell(words.format(name=item.name, size=size_words(item.size)), 60)

    def on_engine_event(self, message: EngineEvent) -> None:
        """An attachment came, or will not."""
        event = message.event
        if isinstance(event, PartArrived) and event.message_id == self._mail:
            for item, use in self._waiting.pop(event.section, []):
                self._with(item, use)
        elif isinstance(event, BodyFailed) and event.section in self._waiting:
            self._waiting.pop(event.section)
            self.acterm.tell(f"{event.title} {event.advice}".strip())

    def _show(self, item: Attachment, data: bytes) -> None:
        shown = view(data, item.name, item.type, self.size.width - 2)
        self.app.push_screen(AttachmentView(item, shown))

    def _save(self, item: Attachment, data: bytes) -> None:
        try:
            self._saved.append(save(data, outside.download_folder(), item.name, item.number))
        except ActermError as failure:
            self.acterm.tell(str(failure))
            return
        count = len(self._saved)
        if count == 1:
            self.acterm.tell(_("Saved: {path}").format(path=self._saved[0]), 10)
        else:
            words = ngettext(
                "{count} file saved in {folder}", "{count} files saved in {folder}", count
            )
            self.acterm.tell(words.format(count=count, folder=self._saved[0].parent), 10)

    def _open(self, item: Attachment, data: bytes) -> None:
        try:
            folder = Path(tempfile.mkdtemp(prefix="acterm-"))
            outside.open_file(save(data, folder, item.name, item.number))
        except ActermError as failure:
            self.acterm.tell(str(failure))
        else:
            self.acterm.tell(_("Opened outside: {name}").format(name=item.name))


class AttachmentView(Panel):
    """One attachment as text."""

    def __init__(self, item: Attachment, shown: View) -> None:
        super().__init__()
        self._item = item
        self._shown = shown

    def title_words(self) -> str:
        """Its name and size."""
        return f"{self._item.name} {marks.dot} {size_words(self._item.size)}"

    def compose_inside(self) -> Iterator[Widget]:
        """Its lines."""
        yield TextView(self._shown.lines)

    def on_mount(self) -> None:
        """Say what is not shown."""
        if self._shown.note:
            self.acterm.tell(self._shown.note)
