"""The attachments of a mail: shown in the terminal, saved under a safe name, opened outside."""

from collections.abc import Callable, Iterator
from pathlib import Path

from textual import getters
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from acterm.engine.messages import BodyFailed, FetchPart, PartArrived
from acterm.errors import ActermError
from acterm.i18n import _, ngettext
from acterm.mail.message import Attachment, Message
from acterm.mail.mime import part
from acterm.mail.size import size_words, type_words
from acterm.store import bodies, settings
from acterm.ui import outside
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place
from acterm.ui.errors import guarded
from acterm.ui.glyphs import marks
from acterm.ui.screens.attachment import AttachmentView, open_outside
from acterm.ui.screens.panel import Panel
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.viewers.saving import save

Use = Callable[[Attachment, bytes], None]
_FOLDER = "downloads"


class AttachmentsScreen(Panel):
    """An attachment that is not here yet is fetched when something is done with it."""

    places = (Place.ATTACHMENTS, Place.OUTBOX)
    DEFAULT_CSS = """
    AttachmentsScreen #attachments { height: 1fr; }
    AttachmentsScreen #folder { height: auto; padding: 0 2 1 2; color: $dim; }
    """
    lines = getters.query_one("#attachments", Choices)

    def __init__(self, mail: int, message: Message) -> None:
        super().__init__()
        self._mail = mail
        self._message = message
        self._waiting: dict[str, list[tuple[Attachment, Use]]] = {}
        self._saved: list[Path] = []
        self._expected = 0

    def title_words(self) -> str:
        """What this is."""
        title = _("Attachments")
        return f"{title} {marks.dot} {self._message.subject}"

    def compose_inside(self) -> Iterator[Widget]:
        """One line an attachment, and where they are saved."""
        yield Choices[Attachment](empty=_("This mail has no attachment."), id="attachments")
        yield Static(id="folder")

    def on_mount(self) -> None:
        """List them with type and size."""
        self.lines.show([_choice(item) for item in self._message.attachments])
        self.lines.focus()
        self._show_folder()

    @property
    def folder(self) -> Path:
        """Where attachments are saved."""
        chosen = settings.get(self.acterm.store.reader(), _FOLDER, "")
        return Path(chosen) if chosen and Path(chosen).is_dir() else outside.download_folder()

    def _show_folder(self) -> None:
        words = _("Saved in: {folder}").format(folder=_short(self.folder))
        self.query_one("#folder", Static).update(Content(words))

    def can(self, command: type[Command]) -> bool:
        """All at once only where there are several."""
        if command.name == "save_all_attachments":
            return len(self._message.attachments) > 1
        return super().can(command)

    # What is done with them

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Show the attachment under the cursor."""
        with guarded(self.acterm.tell):
            self._with_current(self._show)

    def action_save_attachment(self) -> None:
        """Under a safe name, in the folder."""
        self._saved, self._expected = [], 1
        self._with_current(self._save)

    def action_save_all_attachments(self) -> None:
        """All of them."""
        self._saved, self._expected = [], len(self._message.attachments)
        for item in self._message.attachments:
            self._with(item, self._save)

    def action_open_outside(self) -> None:
        """In the computer's own program."""
        self._with_current(self._open)

    async def action_change_folder(self) -> None:
        """Another folder, for the next times too."""
        from acterm.ui.screens.file_picker import DirectoryPicker

        picker = DirectoryPicker(_("Save attachments in"), folder=self.folder)
        await self.app.push_screen(picker, self._keep_folder)

    def _keep_folder(self, folder: Path | None) -> None:
        if folder is None:
            return
        with guarded(self.acterm.tell), self.acterm.store.write() as db:
            settings.put(db, _FOLDER, str(folder))
        self._show_folder()

    # Their bytes

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
                with guarded(self.acterm.tell):
                    self._with(item, use)
        elif isinstance(event, BodyFailed) and self._waits_for(event):
            del self._waiting[event.section]
            self.acterm.tell(f"{event.title} {event.advice}".strip(), 15)

    def _waits_for(self, event: BodyFailed) -> bool:
        return event.message_id == self._mail and event.section in self._waiting

    def _show(self, item: Attachment, data: bytes) -> None:
        self.acterm.tell("")
        self.app.push_screen(AttachmentView(item, data, self._save_one))

    def _save_one(self, item: Attachment, data: bytes) -> None:
        self._saved, self._expected = [], 1
        self._save(item, data)

    def _save(self, item: Attachment, data: bytes) -> None:
        try:
            self._saved.append(save(data, self.folder, item.name, item.number))
        except ActermError as failure:
            self.acterm.tell(str(failure), 15)
            return
        count = len(self._saved)
        if self._expected == 1:
            words = _("Saved: {path}").format(path=_short(self._saved[0]))
        else:
            words = ngettext(
                "{count} file saved in {folder}", "{count} files saved in {folder}", count
            ).format(count=count, folder=_short(self._saved[0].parent))
        self.acterm.tell(words, 10)

    def _open(self, item: Attachment, data: bytes) -> None:
        self.acterm.tell(open_outside(item, data))


def _choice(item: Attachment) -> Choice[Attachment]:
    kind = f"{type_words(item.type)} {marks.dot} {size_words(item.size)}"
    return Choice(item.name or _("without a name"), kind, item)


def _short(path: Path) -> str:
    """« ~/Téléchargements/notes.csv »."""
    home = Path.home()
    return (
        f"~/{path.relative_to(home)}" if path.is_relative_to(home) and path != home else str(path)
    )
