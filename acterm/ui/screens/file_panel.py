"""A file that may hold others, and may want a password: the part of its view that asks."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import getters
from textual.message import Message
from textual.widgets import Input

from acterm.errors import ActermError
from acterm.i18n import _
from acterm.ui.command import Command
from acterm.ui.errors import guarded
from acterm.ui.screens.panel import Panel
from acterm.ui.unpacking import MOST_FILES, unpack
from acterm.ui.verbs.file import File, FileVerbs, Use
from acterm.ui.widgets.choices import Choices
from acterm.ui.widgets.fields import Field
from acterm.ui.widgets.line_list import LineList
from acterm.viewers import Child, Entry, Locked, Member, member


class FilePanel(FileVerbs, Panel):
    """Has a list `#entries` and a field `#password`; `child` is the process at work, if any."""

    entries = getters.query_one("#entries", Choices)
    password = getters.query_one("#password", Field)

    @dataclass
    class Taken(Message):
        """A file inside is out, or is not: `words` say why, `locked` that it wants a password."""

        entry: Entry
        member: Member | None
        words: str = ""
        locked: bool = False

    @dataclass
    class Unpacked(Message):
        """Files of the archive were saved, or were not: `locked` for want of a password."""

        paths: tuple[Path, ...]
        words: str = ""
        locked: bool = False

    def __init__(self, file: File) -> None:
        super().__init__()
        self.file = file
        self.secret = ""
        self.wanted: Entry | None = None
        self._use: Use = self.open_inside
        self.child: Child | None = None
        self.inside: Sequence[Entry] = ()
        self._gone = threading.Event()
        self._with_password: Callable[[], None] = self.read_again

    def read_again(self) -> None:
        """With the password there is now."""
        raise NotImplementedError

    def open_inside(self, file: File) -> None:
        """Show a file that was inside."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self._gone.set()
        if self.child:
            self.child.kill()

    # Files inside

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Open a file inside."""
        entry = self.entries.current
        if entry is not None:
            self.take_out(entry, self.open_inside)

    def take_out(self, entry: Entry, use: Use) -> None:
        """Do something with a file inside, once a process has it out."""
        self.wanted, self._use = entry, use
        self.child = child = Child()
        self.acterm.tell(_("Opening {name}…").format(name=entry.name), 20)
        arguments = (entry, self.secret, child)
        threading.Thread(target=self._take_out, args=arguments, daemon=True).start()

    def _take_out(self, entry: Entry, secret: str, child: Child) -> None:
        file = self.file
        with guarded(lambda words: self._tell_taken(entry, None, words)):
            try:
                found = member(
                    file.data, file.name, file.type, entry.number, password=secret, child=child
                )
            except Locked as locked:
                self.post_message(self.Taken(entry, None, str(locked), locked=True))
            except ActermError as failure:
                self._tell_taken(entry, None, str(failure))
            else:
                self._tell_taken(entry, found)

    def _tell_taken(self, entry: Entry, found: Member | None, words: str = "") -> None:
        self.post_message(self.Taken(entry, found, words))

    def on_file_panel_taken(self, message: Taken) -> None:
        """Do with it what was wanted, or say why not."""
        message.stop()
        if message.entry is not self.wanted:
            return
        self.child = None
        self.acterm.tell(message.words, 20)
        if message.locked:
            self.ask_password(partial(self.take_out, message.entry, self._use))
        elif message.member is not None:
            self.wanted = None
            inside = message.member
            name = inside.name.rpartition("/")[2]
            self._use(File(name, inside.type, inside.data, number=message.entry.number))

    # All of them

    def can(self, command: type[Command]) -> bool:
        """All at once only where there are some, and not too many."""
        if command.name == "save_all_attachments":
            return 0 < len(self.inside) <= MOST_FILES
        return super().can(command)

    def action_save_all_attachments(self) -> None:
        """Every file of the archive, in a thread: each is unpacked by a process of its own."""
        self.acterm.tell(_("Unpacking…"), 120)
        arguments = (self.inside, self.folder, self.secret)
        threading.Thread(target=self._unpack, args=arguments, daemon=True).start()

    def _unpack(self, entries: Sequence[Entry], folder: Path, secret: str) -> None:
        with guarded(lambda words: self._tell_unpacked((), words)):
            try:
                paths = unpack(
                    self.file, entries, folder, secret=secret, child=Child, stopped=self._gone
                )
            except Locked as locked:
                self._tell_unpacked((), str(locked), locked=True)
            else:
                self._tell_unpacked(tuple(paths))

    def _tell_unpacked(
        self, paths: tuple[Path, ...], words: str = "", *, locked: bool = False
    ) -> None:
        self.post_message(self.Unpacked(paths, words, locked))

    def on_file_panel_unpacked(self, message: Unpacked) -> None:
        """Say where they are, or why not."""
        message.stop()
        if message.paths:
            self.tell_saved(list(message.paths))
            return
        self.acterm.tell(message.words, 20)
        if message.locked:
            self.ask_password(self.action_save_all_attachments)

    # Passwords

    def ask_password(self, then: Callable[[], None]) -> None:
        """Show the line for it; what is typed there already stays. `then` is done with it."""
        self._with_password = then
        self.password.display = True
        self.password.focus()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Try again with it. It stays in memory while this is open, and nowhere else."""
        self.secret, self.password.value = self.password.value, ""
        self.password.display = False
        self._with_password()
