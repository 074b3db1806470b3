"""« Emporter »: a file from the machine acterm runs on to the one a person sits at."""

import base64
import getpass
import os
import platform
import re
import shlex
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from textual import getters
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from acterm.i18n import _
from acterm.mail.parsing.header import decode_bytes
from acterm.ui.command import Place
from acterm.ui.errors import guarded
from acterm.ui.graphics import Graphics, graphics, takes_files
from acterm.ui.screens.panel import Panel
from acterm.ui.verbs.file import File, short
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.viewers.saving import safe_name, save

# What terminals take at once by OSC 52, and by iTerm2's OSC 1337.
MOST_COPIED = 70_000
MOST_SENT = 20 << 20
_SSH_PORT = "22"
# What no shell needs quotes for, and what is alive within double quotes.
_PLAIN = re.compile(r"[\w./:@+,\[\]-]+", re.ASCII)
_LIVE = frozenset('$`"\\!%')


class Way(StrEnum):
    """How a file comes home."""

    COPY = "copy"
    ITERM = "iterm"
    KITTY = "kitty"
    SCP = "scp"


class TakeHomeScreen(Panel):
    """Only the ways that exist here, each explained before it is taken."""

    places = (Place.OUTBOX,)
    DEFAULT_CSS = """
    TakeHomeScreen #ways { height: auto; max-height: 6; }
    TakeHomeScreen #words { height: 1fr; padding: 1 2; }
    """
    lines = getters.query_one("#ways", Choices)

    def __init__(self, file: File, folder: Path) -> None:
        super().__init__()
        self._file = file
        self._folder = folder
        self._saved: Path | None = None

    def title_words(self) -> str:
        """What this is."""
        return _("Take “{name}” home").format(name=self._file.name)

    def compose_inside(self) -> Iterator[Widget]:
        """The ways, and below what one of them does."""
        yield Choices[Way](id="ways")
        yield Static(id="words")

    def on_mount(self) -> None:
        """What is possible with this file in this terminal."""
        titles = {
            Way.COPY: _("Copy its text to the clipboard"),
            Way.ITERM: _("Send it through iTerm2"),
            Way.KITTY: _("Send it through kitty"),
            Way.SCP: _("Save it and copy the command that brings it"),
        }
        self.lines.show([Choice(titles[way], "", way) for way in ways(self._file)])
        self.lines.focus()

    def on_line_list_moved(self) -> None:
        """What it does."""
        way = self.lines.current
        if way is not None:
            self.query_one("#words", Static).update(Content(_explained(way)))

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Do it."""
        with guarded(self.acterm.tell):
            self._take(self.lines.current)

    def _take(self, way: Way | None) -> None:
        if way is Way.COPY:
            self.app.copy_to_clipboard(decode_bytes(self._file.data)[0])
            self.acterm.tell(_("The text is copied."), 10)
        elif way is Way.ITERM:
            send_by_iterm(self.app._driver, self._file)
            self.acterm.tell(_("Sent: it is among the downloads of your computer."), 10)
        elif way is not None:
            self._give_command(way)

    def _give_command(self, way: Way) -> None:
        """Saved once, under a name that every shell and every scp takes as it stands."""
        name = safe_name(self._file.name, self._file.number).replace(" ", "_")
        path = self._saved or save(self._file.data, self._folder, name, self._file.number)
        self._saved = path
        command = kitten(path) if way is Way.KITTY else scp(path)
        self.app.copy_to_clipboard(command)
        saved = _("Saved: {path}").format(path=short(path))
        words = _("On your computer, run:")
        if way is Way.KITTY:
            words = _("In this terminal, after acterm, run:")
        self.query_one("#words", Static).update(Content(f"{saved}\n\n{words}\n\n{command}"))
        self.acterm.tell(_("The command is copied."), 10)


def ways(file: File) -> list[Way]:
    """Those that work with this file here."""
    found = [Way.COPY] if _is_text(file) else []
    if takes_files() and len(file.data) <= MOST_SENT:
        found.append(Way.ITERM)
    if graphics() is Graphics.KITTY:
        found.append(Way.KITTY)
    return [*found, Way.SCP]


def scp(path: Path) -> str:
    """The line to run at home: quoted as the shells of Windows understand it, too."""
    words = os.environ.get("SSH_CONNECTION", "").split()
    host, port = words[2:4] if len(words) == 4 else (platform.node(), _SSH_PORT)
    place = f"[{host}]" if ":" in host else host
    file = _quoted(f"{getpass.getuser()}@{place}:{path}")
    return " ".join(["scp", *([] if port == _SSH_PORT else ["-P", port]), file, "."])


def _quoted(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    return shlex.quote(word) if _LIVE & set(word) else f'"{word}"'


def kitten(path: Path) -> str:
    """The line to run here, in kitty."""
    return shlex.join(["kitten", "transfer", str(path), "~/"])


def send_by_iterm(driver: object, file: File) -> None:
    """A download of iTerm2 (OSC 1337, File, not inline)."""
    name = base64.b64encode(file.name.encode()).decode()
    data = base64.b64encode(file.data).decode()
    write = getattr(driver, "write", None)
    if write:
        write(f"\x1b]1337;File=name={name};size={len(file.data)};inline=0:{data}\x07")


def _is_text(file: File) -> bool:
    small = len(file.data) <= MOST_COPIED and b"\0" not in file.data
    return small and file.type.startswith("text/")


def _explained(way: Way) -> str:
    return {
        Way.COPY: _(
            "The terminal puts the text on the clipboard of your computer (most do, over SSH too)."
        ),
        Way.ITERM: _("iTerm2 saves the file among the downloads of your computer."),
        Way.KITTY: _(
            "The file is saved here, and the line that kitty’s own transfer needs is copied."
        ),
        Way.SCP: _(
            "The file is saved on this machine, and the line that copies it over SSH is put on the"
            " clipboard: paste it into a terminal of your computer."
        ),
    }[way]
