"""The attachments of a mail: shown in the terminal, saved under a safe name, taken elsewhere."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from textual import getters
from textual.content import Content
from textual.message import Message as Note
from textual.widget import Widget
from textual.widgets import Static

from acterm.errors import ActermError
from acterm.i18n import _, ngettext
from acterm.mail.cells import cells, cut_inside
from acterm.mail.message import Attachment, Message
from acterm.mail.size import size_words
from acterm.ui.command import Command, Place
from acterm.ui.errors import guarded
from acterm.ui.glyphs import marks
from acterm.ui.screens.fetching import FetchingPanel
from acterm.ui.verbs.file import File, Use, short
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.viewers.described import file_words
from acterm.viewers.saving import save, zip_of

# The cells of a line that belong to neither end of it.
_BETWEEN = 4

Gathered = Callable[[list[File], list[str]], None]
"""Hears the files that are here, and why others are not."""


class AttachmentsScreen(FetchingPanel):
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
        self._list()
        self.lines.focus()
        self._show_folder()

    def on_resize(self) -> None:
        """Long names are cut elsewhere."""
        self._list()

    def _list(self) -> None:
        width = self.app.size.width
        self.lines.show([_choice(item, width) for item in self._message.attachments])

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
            self.with_file(self.show_file)

    def action_save_all_attachments(self) -> None:
        """All of them, each under a safe name."""
        self._gather(self._save_all)

    def action_save_as_zip(self) -> None:
        """All of them in one file."""
        self._gather(self._save_zip)

    def _gather(self, use: Gathered) -> None:
        """Do it once every one of them is here, or is not to be had."""
        files: list[File] = []
        failures: list[str] = []
        wanted = self._message.attachments

        def one_less() -> None:
            if len(files) + len(failures) == len(wanted):
                use(sorted(files, key=lambda one: one.number), failures)

        def came(file: File) -> None:
            files.append(file)
            one_less()

        def failed(words: str) -> None:
            failures.append(words)
            one_less()

        for item in wanted:
            self.fetch(self._mail, item, came, failed)

    def _save_all(self, files: list[File], failures: list[str]) -> None:
        paths: list[Path] = []
        for file in files:
            try:
                paths.append(save(file.data, self.folder, file.name, file.number))
            except ActermError as failure:
                failures.append(str(failure))
                break
        if failures and paths:
            words = ngettext(
                "{count} file of {total} is saved. {failure}",
                "{count} files of {total} are saved. {failure}",
                len(paths),
            )
            total = len(self._message.attachments)
            words = words.format(count=len(paths), total=total, failure=failures[-1])
            self.acterm.tell(words, 20)
        elif failures:
            self.acterm.tell(failures[-1], 15)
        else:
            self.tell_saved(paths)

    def _save_zip(self, files: list[File], failures: list[str]) -> None:
        if failures:  # nobody would notice later that something is missing in it
            self.acterm.tell(failures[0], 15)
            return
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

    # Their bytes

    def with_file(self, use: Use) -> None:
        """With the bytes of the one under the cursor."""
        item = self.lines.current
        if item is not None:
            self.fetch(self._mail, item, use)


def _choice(item: Attachment, width: int) -> Choice[Attachment]:
    kind = f"{file_words(item.name, item.type)} {marks.dot} {size_words(item.size)}"
    name = item.name or _("without a name")
    return Choice(cut_inside(name, width - cells(kind) - _BETWEEN), kind, item)
