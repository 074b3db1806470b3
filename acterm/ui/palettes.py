"""The colours, without Textual: slate, paper, the terminal's own sixteen, high contrast.

A colour is `#rrggbb`, or `ansi_…` for one that the terminal decides.
"""

from dataclasses import dataclass

ARDOISE = "ardoise"
PAPIER = "papier"
ANSI = "ansi"
CONTRAST = "contraste"
NAMES = (ARDOISE, PAPIER, ANSI, CONTRAST)


@dataclass(frozen=True, slots=True)
class Palette:
    """Text is `foreground` or `dim` on `background` or `surface`; `rule` is for lines.

    `cursor_…` is the line under the cursor, `idle_background` the same one without the keys.
    """

    name: str
    background: str
    surface: str
    foreground: str
    dim: str
    rule: str
    accent: str
    cursor_background: str
    cursor_foreground: str
    idle_background: str
    warning: str
    error: str
    success: str
    dark: bool = True

    @property
    def ansi(self) -> bool:
        """Whether the terminal decides."""
        return self.background.startswith("ansi_")


PALETTES = (
    Palette(
        ARDOISE,
        background="#1f262b",
        surface="#283138",
        foreground="#e4e6e1",
        dim="#9fadb4",
        rule="#43505a",
        accent="#82c9d8",
        cursor_background="#37505e",
        cursor_foreground="#ffffff",
        idle_background="#2f3b43",
        warning="#edbe62",
        error="#ff9b8c",
        success="#9ad0a0",
    ),
    Palette(
        PAPIER,
        background="#fbf9f4",
        surface="#f0ece2",
        foreground="#23282c",
        dim="#5f666b",
        rule="#cdc6b8",
        accent="#155e8c",
        cursor_background="#cfe2ee",
        cursor_foreground="#10161a",
        idle_background="#e6e6e0",
        warning="#855300",
        error="#b3261e",
        success="#1f6b33",
        dark=False,
    ),
    Palette(
        ANSI,
        background="ansi_default",
        surface="ansi_default",
        foreground="ansi_default",
        dim="ansi_default",
        rule="ansi_default",
        accent="ansi_cyan",
        cursor_background="ansi_blue",
        cursor_foreground="ansi_bright_white",
        idle_background="ansi_default",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
    ),
    Palette(
        CONTRAST,
        background="#000000",
        surface="#000000",
        foreground="#ffffff",
        dim="#ffffff",
        rule="#ffffff",
        accent="#ffff00",
        cursor_background="#ffff00",
        cursor_foreground="#000000",
        idle_background="#303030",
        warning="#ffd700",
        error="#ff8f8f",
        success="#8fff8f",
    ),
)


def choose(wanted: str, color_system: str | None) -> str:
    """The colours to begin with: what the person chose, else slate, on 16 the terminal's."""
    if wanted in NAMES:
        return wanted
    return ARDOISE if color_system in ("truecolor", "256") else ANSI


def after(name: str) -> str:
    """The next ones, round and round."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else ARDOISE
