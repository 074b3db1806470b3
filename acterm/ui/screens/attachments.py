"""The attachments of a mail: shown in the terminal, saved under a safe name, taken elsewhere."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from textual import getters
from textual.content import Content
from textual.message import Message as Note
from textual.widget import Widget
from textual.widgets import Static

from acterm.engine.messages.mail import BodyFailed, DropPart, FetchPart, PartArrived, PartComing
from acterm.errors import ActermError
from acterm.i18n import _
from acterm.mail.message import Attachment, Message
from acterm.mail.parsing.mime import part
from acterm.mail.size import size_words, type_words
from acterm.store import bodies
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place, named
from acterm.ui.errors import guarded
from acterm.ui.file_verbs import File, FileVerbs, Use, short
from acterm.ui.glyphs import marks
from acterm.ui.keys import keyboard_of
from acterm.ui.screens.attachment import AttachmentView
from acterm.ui.screens.panel import Panel
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.viewers.saving import save, zip_of

Gathered = Callable[[list[File]], None]


class AttachmentsScreen(FileVerbs, Panel):
    """An attachment that is not here yet is fetched when something is done with it."""

    places = (Place.ATTACHMENTS, Place.OUTBOX)
    DEFAULT_CSS = """
    AttachmentsScreen #attachments { height: 1fr; }
    AttachmentsScreen #folder { height: auto; padding: 0 2 1 2; color: $dim; }
    """
    lines = getters.query_one("#attachments", Choices)

    @dataclass
    class Packed(Note):
        """All of them are one file."""

        file: File

    def __init__(self, mail: int, message: Message) -> None:
        super().__init__()
        self._mail = mail
        self._message = message
        self._waiting: dict[str, list[tuple[Attachment, Use]]] = {}
        self._coming: dict[str, int] = {}
        self._since = 0.0
        self._gathered: list[File] = []

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

    def _show_folder(self) -> None:
        words = _("Saved in: {folder}").format(folder=short(self.folder))
        self.query_one("#folder", Static).update(Content(words))

    def can(self, command: type[Command]) -> bool:
        """All at once only where there are several."""
        if command.name in ("save_all_attachments", "save_as_zip"):
            return len(self._message.attachments) > 1
        return super().can(command)

    # What is done with them

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Show the attachment under the cursor."""
        with guarded(self.acterm.tell):
            self.with_file(self._show)

    def action_save_all_attachments(self) -> None:
        """All of them, each under a safe name."""
        self._gather(self._save_all)

    def action_save_as_zip(self) -> None:
        """All of them in one file."""
        self._gather(self._save_zip)

    def _gather(self, use: Gathered) -> None:
        """Do it once every one of them is here."""
        self._gathered = []
        count = len(self._message.attachments)

        def one_more(file: File) -> None:
            self._gathered.append(file)
            if len(self._gathered) == count:
                use(sorted(self._gathered, key=lambda one: one.number))

        for item in self._message.attachments:
            self._with(item, one_more)

    def _save_all(self, files: list[File]) -> None:
        paths: list[Path] = []
        for file in files:
            try:
                paths.append(save(file.data, self.folder, file.name, file.number))
            except ActermError as failure:
                self.acterm.tell(str(failure), 15)
                return
        self.tell_saved(paths)

    def _save_zip(self, files: list[File]) -> None:
        self.acterm.tell(_("Packing…"), 60)
        threading.Thread(target=self._pack, args=(files,), daemon=True).start()

    def _pack(self, files: list[File]) -> None:
        """In a thread of its own: large files take seconds."""
        name = self._message.subject[:60] or _("attachments")
        data = zip_of((file.name, file.data) for file in files)
        self.post_message(self.Packed(File(f"{name}.zip", "application/zip", data)))

    def on_attachments_screen_packed(self, message: Packed) -> None:
        """Save it."""
        message.stop()
        self.save_one(message.file)

    async def action_change_folder(self) -> None:
        """Another folder, for the next times too."""
        from acterm.ui.screens.file_picker import DirectoryPicker

        picker = DirectoryPicker(_("Save attachments in"), folder=self.folder)
        await self.app.push_screen(picker, self._keep_folder)

    def _keep_folder(self, folder: Path | None) -> None:
        if folder is None:
            return
        with guarded(self.acterm.tell):
            self.keep_folder(folder)
        self._show_folder()

    def action_back(self) -> None:
        """Wait no longer; else close."""
        if self._waiting:
            for section in self._waiting:
                self.acterm.bridge.submit(DropPart(self._mail, section))
            self._waiting.clear()
            self._coming.clear()
            self.acterm.tell(_("Not waited for any longer."))
        else:
            super().action_back()

    # Their bytes

    def with_file(self, use: Use) -> None:
        """With the bytes of the one under the cursor."""
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
            name = item.name or _("without a name")
            place = (self._mail, item.section)
            use(File(name, item.type, data, item.number, *place, charset=item.charset))
            return
        self._waiting.setdefault(item.section, []).append((item, use))
        self.acterm.bridge.submit(FetchPart(self._mail, item.section))
        self._since = time.monotonic()
        self._say_waiting()

    def _say_waiting(self) -> None:
        """What is waited for and since when, once a second while it is."""
        if not self._waiting:
            return
        items = [item for waiting in self._waiting.values() for item, _use in waiting]
        name = ", ".join(item.name for item in items[:3])
        total, done = sum(item.size for item in items), sum(self._coming.values())
        size = size_words(total)
        if done:
            some = size_words(min(done, total))
            words = _("Fetching {name} ({done} of {size})…").format(name=name, done=some, size=size)
        else:
            words = _("Fetching {name} ({size})…").format(name=name, size=size)
        seconds = round(time.monotonic() - self._since)
        if seconds:
            key = keyboard_of(self).shown(named("back"))
            more = _("{seconds} s · {key}: wait no longer").format(seconds=seconds, key=key)
            words = f"{words} {more}"
        self.acterm.tell(words, 5)
        self.set_timer(1.0, self._say_waiting)

    def on_engine_event(self, message: EngineEvent) -> None:
        """An attachment came, or will not."""
        event = message.event
        if isinstance(event, PartComing) and self._waits_for(event):
            self._coming[event.section] = event.done
        elif isinstance(event, PartArrived) and event.message_id == self._mail:
            self._coming.pop(event.section, None)
            for item, use in self._waiting.pop(event.section, []):
                with guarded(self.acterm.tell):
                    self._with(item, use)
        elif isinstance(event, BodyFailed) and self._waits_for(event):
            del self._waiting[event.section]
            self._coming.pop(event.section, None)
            self.acterm.tell(f"{event.title} {event.advice}".strip(), 15)

    def _waits_for(self, event: BodyFailed | PartComing) -> bool:
        return event.message_id == self._mail and event.section in self._waiting

    def _show(self, file: File) -> None:
        self.acterm.tell("")
        self.app.push_screen(AttachmentView(file))


def _choice(item: Attachment) -> Choice[Attachment]:
    kind = f"{type_words(item.type)} {marks.dot} {size_words(item.size)}"
    return Choice(item.name or _("without a name"), kind, item)
