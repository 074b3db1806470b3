"""Fewer bytes show the same picture."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as some
from rich.color import ColorSystem
from rich.style import Style

from acterm.ui.driver import lean

COLOURS = some.sampled_from([None, "red", "bright_blue", "color(208)", "#1f262b", "#e4e6e1"])
STYLES = some.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    bold=some.booleans(),
    italic=some.booleans(),
    underline=some.booleans(),
    reverse=some.booleans(),
    strike=some.booleans(),
)
SYSTEMS = some.sampled_from([ColorSystem.STANDARD, ColorSystem.EIGHT_BIT, ColorSystem.TRUECOLOR])


def _picture(text: str) -> list[list[pyte.screens.Char]]:
    screen = pyte.Screen(20, 4)
    stream = pyte.Stream(screen)
    stream.feed(text)
    stream.feed("\x1b[4;1Hend")
    return [[screen.buffer[line][column] for column in range(20)] for line in range(4)]


@given(some.lists(some.tuples(STYLES, some.text("ab é", max_size=4)), max_size=8), SYSTEMS)
def test_the_picture_stays_the_same(runs: list[tuple[Style, str]], system: ColorSystem) -> None:
    text = "".join(style.render(word, color_system=system) for style, word in runs)
    assert _picture(lean(text)) == _picture(text)
    assert len(lean(text)) <= len(text) + 2 * len(runs)


def test_a_style_is_not_said_twice() -> None:
    style = Style(color="#e4e6e1", bgcolor="#1f262b")
    dim = Style(color="#9fadb4", bgcolor="#1f262b")
    row = style.render("a") + dim.render("b")
    assert lean(row) == ("\x1b[38;2;228;230;225;48;2;31;38;43ma\x1b[38;2;159;173;180mb\x1b[0m")


@pytest.mark.parametrize("other", ["\x1b[?1049h", "\x1b[2;1Habc", "\x1b[?2026$p", ""])
def test_what_is_not_style_passes(other: str) -> None:
    assert lean(other) == other
