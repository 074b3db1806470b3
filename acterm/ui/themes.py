"""The colours: slate, paper, the terminal's own sixteen, high contrast.

Style sheets use `$background $surface $foreground $accent $warning $error $success` and the names
in `VARIABLES`. Text is $foreground or $dim on $background or $surface.
"""

from textual.theme import BUILTIN_THEMES, Theme

ARDOISE = "ardoise"
PAPIER = "papier"
ANSI = "ansi"
CONTRAST = "contraste"
NAMES = (ARDOISE, PAPIER, ANSI, CONTRAST)

VARIABLES = ("dim", "rule", "cursor-background", "cursor-foreground", "idle-cursor-background")
"""What a theme gives beside Textual's own: quiet text, rules, the line under the cursor."""


def _theme(
    name: str,
    *,
    background: str,
    surface: str,
    foreground: str,
    dim: str,
    rule: str,
    accent: str,
    cursor: tuple[str, str, str],
    signals: tuple[str, str, str],
    dark: bool = True,
) -> Theme:
    """A theme from its few colours.

    `cursor` is background, foreground, and background without focus; `signals` are warning,
    error and success.
    """
    cursor_background, cursor_foreground, idle_background = cursor
    warning, error, success = signals
    ansi = background.startswith("ansi_")
    return Theme(
        name=name,
        primary=accent,
        secondary=accent,
        accent=accent,
        warning=warning,
        error=error,
        success=success,
        background=background,
        surface=surface,
        panel=surface,
        boost=surface,
        foreground=foreground,
        dark=dark,
        ansi=ansi,
        text_alpha=1.0,
        variables=(BUILTIN_THEMES["ansi-dark"].variables if ansi else {})
        | {
            "dim": dim,
            "rule": rule,
            "cursor-background": cursor_background,
            "cursor-foreground": cursor_foreground,
            "idle-cursor-background": idle_background,
            "block-cursor-background": cursor_background,
            "block-cursor-foreground": cursor_foreground,
            "input-cursor-background": foreground,
            "input-cursor-foreground": background,
            "input-cursor-text-style": "reverse" if ansi else "none",
            "input-selection-background": idle_background,
            "screen-selection-background": idle_background,
            "border": rule,
            "border-blurred": rule,
            "scrollbar": rule,
            "scrollbar-hover": dim,
            "scrollbar-active": dim,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
        },
    )


THEMES = (
    _theme(
        ARDOISE,
        background="#1f262b",
        surface="#283138",
        foreground="#e4e6e1",
        dim="#9fadb4",
        rule="#43505a",
        accent="#82c9d8",
        cursor=("#37505e", "#ffffff", "#2f3b43"),
        signals=("#edbe62", "#ff9b8c", "#9ad0a0"),
    ),
    _theme(
        PAPIER,
        background="#fbf9f4",
        surface="#f0ece2",
        foreground="#23282c",
        dim="#5f666b",
        rule="#cdc6b8",
        accent="#155e8c",
        cursor=("#cfe2ee", "#10161a", "#e6e6e0"),
        signals=("#855300", "#b3261e", "#1f6b33"),
        dark=False,
    ),
    _theme(
        ANSI,
        background="ansi_default",
        surface="ansi_default",
        foreground="ansi_default",
        dim="ansi_default",
        rule="ansi_default",
        accent="ansi_cyan",
        cursor=("ansi_blue", "ansi_bright_white", "ansi_default"),
        signals=("ansi_yellow", "ansi_red", "ansi_green"),
    ),
    _theme(
        CONTRAST,
        background="#000000",
        surface="#000000",
        foreground="#ffffff",
        dim="#ffffff",
        rule="#ffffff",
        accent="#ffff00",
        cursor=("#ffff00", "#000000", "#303030"),
        signals=("#ffd700", "#ff8f8f", "#8fff8f"),
    ),
)


def choose(wanted: str, color_system: str | None) -> str:
    """The theme to begin with: what the person chose, else slate, on 16 colours the terminal's."""
    if wanted in NAMES:
        return wanted
    return ARDOISE if color_system in ("truecolor", "256") else ANSI


def after(name: str) -> str:
    """The next theme, round and round."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else ARDOISE
