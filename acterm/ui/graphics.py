"""What pictures this terminal can draw, by its environment: nothing is asked, nothing waits."""

import os
import sys
from collections.abc import Mapping
from enum import StrEnum

from acterm.ui.glyphs import is_poor
from acterm.viewers.terminal_picture import CELL

_KITTY = ("xterm-kitty", "xterm-ghostty")
_SIXEL = ("foot", "mlterm", "contour", "yaft", "xterm-sixel")
_ITERM = ("iterm.app", "iterm2", "wezterm")


class Graphics(StrEnum):
    """How a picture is shown, the best first. BLOCKS are half blocks in colour."""

    KITTY = "kitty"
    ITERM = "iterm"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    WORDS = "words"

    @property
    def has_pixels(self) -> bool:
        """Whether it is the picture itself."""
        return self in (Graphics.KITTY, Graphics.ITERM, Graphics.SIXEL)


def graphics(environment: Mapping[str, str] = os.environ) -> Graphics:
    """The best way here. Inside tmux or screen a picture would not find its place."""
    term = environment.get("TERM", "").lower()
    program = (environment.get("TERM_PROGRAM") or environment.get("LC_TERMINAL", "")).lower()
    if is_poor(environment) or "NO_COLOR" in environment:
        return Graphics.WORDS
    if "TMUX" in environment or term.startswith(("screen", "tmux")):
        return Graphics.BLOCKS
    if term in _KITTY or "KITTY_WINDOW_ID" in environment or program == "ghostty":
        return Graphics.KITTY
    if program in _ITERM:
        return Graphics.ITERM
    if term.startswith(_SIXEL) or "KONSOLE_VERSION" in environment:
        return Graphics.SIXEL
    return Graphics.BLOCKS


def takes_files(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal takes a file to the person's own computer (iTerm2's OSC 1337)."""
    program = environment.get("TERM_PROGRAM") or environment.get("LC_TERMINAL", "")
    return program.lower() in ("iterm.app", "iterm2") and "TMUX" not in environment


def cell_size() -> tuple[int, int]:
    """How many pixels a cell of the terminal is wide and high, as its driver says."""
    if sys.platform == "win32" or sys.__stdout__ is None:
        return CELL
    import fcntl
    import struct
    import termios

    try:
        answer = fcntl.ioctl(sys.__stdout__.fileno(), termios.TIOCGWINSZ, bytes(8))
    except (OSError, ValueError):
        return CELL
    rows, columns, width, height = struct.unpack("HHHH", answer)
    if not (rows and columns and width and height):
        return CELL
    return max(1, width // columns), max(1, height // rows)
