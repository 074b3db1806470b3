"""The palettes as Textual's themes.

Style sheets use `$background $surface $foreground $accent $warning $error $success` and the names
in `VARIABLES`.
"""

from textual.theme import BUILTIN_THEMES, Theme

from acterm.ui.palettes import PALETTES, Palette

VARIABLES = ("dim", "rule", "cursor-background", "cursor-foreground", "idle-cursor-background")
"""What a theme gives beside Textual's own: quiet text, rules, the line under the cursor."""


def _theme(colours: Palette) -> Theme:
    return Theme(
        name=colours.name,
        primary=colours.accent,
        secondary=colours.accent,
        accent=colours.accent,
        warning=colours.warning,
        error=colours.error,
        success=colours.success,
        background=colours.background,
        surface=colours.surface,
        panel=colours.surface,
        boost=colours.surface,
        foreground=colours.foreground,
        dark=colours.dark,
        ansi=colours.ansi,
        text_alpha=1.0,
        variables=(BUILTIN_THEMES["ansi-dark"].variables if colours.ansi else {})
        | {
            "dim": colours.dim,
            "rule": colours.rule,
            "cursor-background": colours.cursor_background,
            "cursor-foreground": colours.cursor_foreground,
            "idle-cursor-background": colours.idle_background,
            "block-cursor-background": colours.cursor_background,
            "block-cursor-foreground": colours.cursor_foreground,
            "input-cursor-background": colours.foreground,
            "input-cursor-foreground": colours.background,
            "input-cursor-text-style": "reverse" if colours.ansi else "none",
            "input-selection-background": colours.idle_background,
            "screen-selection-background": colours.idle_background,
            "border": colours.rule,
            "border-blurred": colours.rule,
            "scrollbar": colours.rule,
            "scrollbar-hover": colours.dim,
            "scrollbar-active": colours.dim,
            "scrollbar-background": colours.background,
            "scrollbar-background-hover": colours.background,
            "scrollbar-background-active": colours.background,
            "scrollbar-corner-color": colours.background,
        },
    )


THEMES = tuple(map(_theme, PALETTES))
