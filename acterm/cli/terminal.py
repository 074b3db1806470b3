"""The terminal from the first moment on, until Textual takes it over."""

import os
import sys
from typing import Any, Self

from acterm.errors import UsageError
from acterm.i18n import _

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"
_LEAVE = "\x1b[?1049l\x1b[?25h"


def need_a_terminal() -> None:
    """Raise UsageError where nothing can be drawn, with what to do instead."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            _("acterm needs a terminal."),
            _("In a script, use its commands: “acterm --help” lists them."),
        )
    if os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        raise UsageError(
            _("This terminal cannot place text on the screen (TERM={term}).").format(
                term=os.environ.get("TERM", "")
            ),
            _("Use another terminal, or acterm’s commands: “acterm --help” lists them."),
        )
    if not sys.stderr.isatty():
        # Textual draws on stderr, which goes to a file here.
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]  # Final only in typeshed
    for stream in {sys.__stdout__, sys.__stderr__}:
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # both are text files


class Terminal:
    """A screen of its own, where what is typed is kept for later instead of echoed.

    As a context manager it is given back as it was when something fails.
    """

    def __init__(self) -> None:
        """Take the terminal and draw a skeleton of the mailbox: its first line and its rule."""
        from acterm.ui.glyphs import marks

        self.width, self.height = os.get_terminal_size(1)
        self._modes = _silenced()
        title = f" {_('Inbox')}"[: self.width]
        place = f"\x1b[{max(1, self.height - 1)};1H"
        rule = marks.rule * self.width
        self.write(f"{_ENTER}\x1b[1m{title}\x1b[0m{place}\x1b[2m{rule}\x1b[0m")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.give_back()

    def write(self, text: str) -> None:
        """Put it on the screen now."""
        data = text.encode(sys.stdout.encoding or "utf-8", "replace")
        while data:
            data = data[os.write(1, data) :]

    def hand_over(self) -> None:
        """Its modes as they were; what stands on it stays."""
        if self._modes is not None:
            import termios

            termios.tcsetattr(0, termios.TCSANOW, self._modes)
            self._modes = None

    def give_back(self) -> None:
        """As acterm found it."""
        self.hand_over()
        self.write(_LEAVE)


def _silenced() -> list[Any] | None:
    """The terminal's modes, before it was told not to echo and not to wait for Enter."""
    if sys.platform == "win32":
        return None
    import termios

    before = termios.tcgetattr(0)
    silent = termios.tcgetattr(0)
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(0, termios.TCSANOW, silent)
    return before
