"""Choosing a file or a folder of this computer by typing its path."""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from textual.content import Content
from textual.widgets import Input, Static

from acterm.errors import reason
from acterm.i18n import _
from acterm.mail.clean import clean, clean_name
from acterm.mail.fold import fold
from acterm.mail.size import size_words
from acterm.ui.glyphs import marks
from acterm.ui.screens.chooser import Chooser
from acterm.ui.widgets.choices import Choice
from acterm.ui.widgets.fields import Field
from acterm.ui.widgets.line_list import LineList

_MOST = 500
_NUMBERS = re.compile(r"(\d+)")
_PATH = 40  # characters of a folder's path in the title: its end


Entries = list[Path] | str
"""What is in a folder, or a sentence about why one cannot see it."""


class FilePicker(Chooser[Path]):
    """Folders open, files are chosen. What is typed filters the open folder."""

    def __init__(self, title: str = "", *, folder: Path | None = None) -> None:
        super().__init__(title or _("Attach a file"))
        self.folder = self._begin = folder or Path.home()
        self._read: tuple[Path, Entries] | None = None

    def searched(self) -> Sequence[tuple[str, Choice[Path]]]:
        """What is in the open folder."""
        return [("", choice) for choice in self.listed("")]

    def listed(self, rest: str) -> list[Choice[Path]]:
        """What is in the open folder and has these letters in its name, or why one cannot look."""
        found = self._entries()
        if isinstance(found, str):
            return [Choice(found, "", None)]
        meant = (path for path in found if is_meant(path, rest))
        return [file_choice(path) for path in islice(meant, _MOST)]

    def _entries(self) -> Entries:
        """Read once, however much is typed in it."""
        if self._read is None or self._read[0] != self.folder:
            self._read = self.folder, entries(self.folder)
        return self._read[1]

    def on_input_changed(self, event: Input.Changed) -> None:
        """A path goes to its folder, from the one where this began; the rest filters."""
        event.prevent_default()  # Textual would call the chooser's as well
        folder, slash, rest = event.value.rpartition("/")
        self.folder = folder_typed(self._begin, folder + slash)
        self._show(rest)

    def _show(self, typed: str) -> None:
        path = clean(str(self.folder), line=True)
        path = path if len(path) <= _PATH else marks.cut + path[1 - _PATH :]
        self.query_one("#title", Static).update(Content(f"{self._title} {marks.dot} {path}"))
        self.choices.cursor = 0
        self.choices.show(self.listed(typed))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Into the folder, or this file."""
        event.prevent_default()
        self._take()

    def on_line_list_opened(self, message: LineList.Opened) -> None:
        """The same with the mouse."""
        message.prevent_default()
        self._take()

    def _take(self) -> None:
        chosen = self.choices.current
        if chosen is None:
            return
        if self.is_wanted(chosen):
            self.dismiss(chosen)
            return
        self.folder = chosen
        field = self.query_one("#typed", Field)
        field.value = f"{chosen}/"
        field.cursor_position = len(field.value)

    def is_wanted(self, path: Path) -> bool:
        """Whether choosing it ends here; else it is a folder to look into."""
        return not path.is_dir()


class DirectoryPicker(FilePicker):
    """The first line is the open folder itself."""

    def listed(self, rest: str) -> list[Choice[Path]]:
        """The folder, and those in it."""
        found = super().listed(rest)
        if isinstance(self._entries(), str):
            return found
        inside = [choice for choice in found if choice.value and choice.value.is_dir()]
        here = Choice(str(self.folder), _("save here"), self.folder)
        return [here, *inside] if not rest else [*inside, here]

    def is_wanted(self, path: Path) -> bool:
        """The open folder."""
        return path == self.folder


def is_meant(path: Path, rest: str) -> bool:
    """Whether the name has these letters in it; hidden files only when they are asked for."""
    return fold(rest) in fold(path.name) and (rest.startswith(".") or path.name[0] != ".")


def folder_typed(begin: Path, typed: str) -> Path:
    """The folder a person means; « ../ » is above the one where they began."""
    path = Path(typed)
    with suppress(RuntimeError):  # ~ of somebody who is not known here
        path = path.expanduser()
    return Path(os.path.normpath(begin / path))


def entries(folder: Path) -> Entries:
    """Folders first, then files, by name and number; a sentence where one may not look."""
    try:
        with os.scandir(folder) as found:
            kept = sorted(found, key=lambda entry: (not entry.is_dir(), _order(entry.name)))
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        return _("This folder cannot be read: {reason}.").format(reason=why)
    return [folder / entry.name for entry in kept]


def _order(name: str) -> list[str | int]:
    """« fichier 2 » before « fichier 10 »."""
    return [int(part) if part.isdecimal() else part for part in _NUMBERS.split(fold(name))]


def file_choice(path: Path) -> Choice[Path]:
    """A line for a file or a folder."""
    name = clean_name(path.name)
    if path.is_dir():
        return Choice(f"{name}/", "", path)
    try:
        return Choice(name, size_words(path.stat().st_size), path)
    except OSError:
        return Choice(name, "", path)
