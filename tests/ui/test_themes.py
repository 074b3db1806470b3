"""Every text can be read on every ground of every theme."""

import pytest
from textual.color import Color
from textual.theme import Theme

from acterm.ui import palettes, themes

PAINTED = [theme for theme in themes.THEMES if not theme.ansi]


def _luminance(color: Color) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    lighter, darker = sorted((_luminance(Color.parse(c)) for c in (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", PAINTED, ids=lambda theme: theme.name)
def test_text_stands_out_from_its_ground(theme: Theme) -> None:
    grounds = [theme.background, theme.surface, theme.variables["idle-cursor-background"]]
    inks = [theme.foreground, theme.variables["dim"], theme.accent]
    inks += [theme.warning, theme.error, theme.success]
    for ground in grounds:
        for ink in inks:
            assert ink
            assert ground
            assert contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("theme", PAINTED, ids=lambda theme: theme.name)
def test_the_line_under_the_cursor_stands_out(theme: Theme) -> None:
    cursor = theme.variables["cursor-background"]
    assert contrast(theme.variables["cursor-foreground"], cursor) >= 4.5


def test_sixteen_colours_are_the_terminals_own() -> None:
    assert palettes.choose("", "standard") == palettes.ANSI
    assert palettes.choose("", None) == palettes.ANSI
    assert palettes.choose("", "256") == palettes.ARDOISE
    assert palettes.choose(palettes.PAPIER, "standard") == palettes.PAPIER


def test_the_themes_go_round() -> None:
    seen = [palettes.ARDOISE]
    while (following := palettes.after(seen[-1])) != seen[0]:
        seen.append(following)
    assert seen == list(palettes.NAMES)
