"""Choosing a file of this computer by typing its path."""

from collections.abc import Sequence
from pathlib import Path

from textual.widgets import Input

from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.fold import fold
from acterm.mail.size import size_words
from acterm.ui.screens.chooser import Chooser
from acterm.ui.widgets.choices import Choice
from acterm.ui.widgets.fields import Field

_MOST = 500


class FilePicker(Chooser[Path]):
    """Folders open, files are chosen. What is typed filters the open folder."""

    def __init__(self) -> None:
        super().__init__(_("Attach a file"))
        self._folder = Path.home()

    def searched(self) -> Sequence[tuple[str, Choice[Path]]]:
        """What is in the open folder."""
        return [(path.name, _choice(path)) for path in entries(self._folder)]

    def on_input_changed(self, event: Input.Changed) -> None:
        """A path goes to its folder; the rest filters."""
        event.prevent_default()  # Textual would call the chooser's as well
        folder, _slash, rest = event.value.rpartition("/")
        if _slash:
            self._folder = Path(folder + "/").expanduser()
        self._show_matching(rest)

    def _show_matching(self, rest: str) -> None:
        wanted = fold(rest)
        hidden = rest.startswith(".")
        found = [
            path
            for path in entries(self._folder)
            if wanted in fold(path.name) and (hidden or not path.name.startswith("."))
        ]
        self.choices.cursor = 0
        self.choices.show([_choice(path) for path in found])

    def _show(self, typed: str) -> None:
        self._show_matching(typed)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Into the folder, or this file."""
        event.prevent_default()
        chosen = self.choices.current
        if chosen is None:
            return
        if chosen.is_dir():
            self._folder = chosen
            field = self.query_one("#typed", Field)
            field.value = f"{chosen}/"
            field.cursor_position = len(field.value)
        else:
            self.dismiss(chosen)


def entries(folder: Path) -> list[Path]:
    """Folders first, then files, by name; nothing where one may not look."""
    try:
        found = sorted(folder.iterdir(), key=lambda path: (not path.is_dir(), fold(path.name)))
    except OSError:
        return []
    return found[:_MOST]


def _choice(path: Path) -> Choice[Path]:
    name = clean_name(path.name)
    if path.is_dir():
        return Choice(f"{name}/", "", path)
    try:
        return Choice(name, size_words(path.stat().st_size), path)
    except OSError:
        return Choice(name, "", path)
